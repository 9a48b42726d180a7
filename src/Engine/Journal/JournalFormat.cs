using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace AgentDeck.Engine.Journal;

/// <summary>
/// Between lines and their bytes. Every line ends in <c>,"crc":"XXXXXXXX"}</c>: the CRC-32C of the bytes before it, so that a
/// flipped bit is damage and not another value.
/// </summary>
internal static class JournalFormat
{
    /// <summary>The newest format that this program reads, and the one that it writes.</summary>
    public const int Newest = 1;

    private const int SealLength = 18;

    private static ReadOnlySpan<byte> SealStart => ",\"crc\":\""u8;

    private static ReadOnlySpan<byte> SealEnd => "\"}"u8;

    // What the encoder makes of half a surrogate pair.
    private static ReadOnlySpan<byte> Replacement => "\\uFFFD"u8;

    /// <summary>A line as it stands in the file, with its line feed: printable ASCII, whatever the text in it.</summary>
    public static byte[] Write(JournalLine line)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(line, JournalJson.Default.JournalLine);
        var open = json.AsSpan(0, json.Length - 1);
        var bytes = new byte[open.Length + SealLength + 1];
        open.CopyTo(bytes);
        WriteSeal(bytes.AsSpan(open.Length), Checksum(open));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    /// <summary>The line as it will be read again: text that no file can hold, half a surrogate pair, is replaced now and not at the next start.</summary>
    public static JournalLine Settle(JournalLine line, ReadOnlySpan<byte> written) =>
        written.IndexOf(Replacement) < 0 ? line : JsonSerializer.Deserialize(written, JournalJson.Default.JournalLine)!;

    /// <summary>Text as it will be read again; the same instance when nothing has to change.</summary>
    public static string Settle(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether a line, without its line feed, is what somebody wrote.</summary>
    public static bool IsSound(ReadOnlySpan<byte> line)
    {
        if (line.Length <= SealLength)
        {
            return false;
        }

        Span<byte> seal = stackalloc byte[SealLength];
        WriteSeal(seal, Checksum(line[..^SealLength]));
        return line[^SealLength..].SequenceEqual(seal);
    }

    /// <summary>
    /// Reads a sound line. A line whose kind or values this program does not know comes without values, only with number and
    /// kind; false when it has not even those.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out JournalLine? read)
    {
        try
        {
            read = JsonSerializer.Deserialize(line, JournalJson.Default.JournalLine);
        }
        catch (JsonException)
        {
            read = ReadNumberAndKind(line);
        }

        return read is not null;
    }

    private static JournalLine? ReadNumberAndKind(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("seq", out var seq) && seq.ValueKind == JsonValueKind.Number && seq.TryGetInt64(out var number)
                && document.RootElement.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String
                ? new JournalLine(number, default, kind.GetString()!)
                : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or a kind that is no text: half a surrogate pair.
            return null;
        }
    }

    private static void WriteSeal(Span<byte> target, uint checksum)
    {
        SealStart.CopyTo(target);
        checksum.TryFormat(target[SealStart.Length..], out _, "x8", CultureInfo.InvariantCulture);
        SealEnd.CopyTo(target[(SealLength - SealEnd.Length)..]);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var rest in bytes)
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }
}
