using System.Buffers;
using System.Text;

namespace AgentDeck.Tui.Terminal.Input;

/// <summary>
/// Watches what the operator types while attached for one chord, in the encodings that a terminal may use: its raw byte,
/// <c>CSI 27;modifiers;code~</c> (modifyOtherKeys) and <c>CSI code;modifiers u</c>. Everything else passes unchanged and at
/// once; only bytes that may be the start of an encoding are held until the next ones, or <see cref="Flush"/>, decide.
/// A pasted raw byte counts like a typed one: a control character has no business in a paste.
/// </summary>
internal sealed class DetachKeyFilter
{
    private readonly byte[][] _encodings;
    private readonly ArrayBufferWriter<byte> _held = new(32);

    /// <summary>Watches for a chord; it must be a character, with Control or Alt or both.</summary>
    /// <exception cref="ArgumentException">The chord cannot be watched for; the message says why.</exception>
    public DetachKeyFilter(KeyChord chord) => _encodings = [.. Encodings(chord)];

    /// <summary>Whether bytes are held back.</summary>
    public bool HasPartialSequence => _held.WrittenCount > 0;

    /// <summary>Passes bytes on; true when the chord was found. What stood before it was passed on, what follows it is dropped.</summary>
    public bool Process(ReadOnlySpan<byte> bytes, IBufferWriter<byte> passed)
    {
        foreach (var value in bytes)
        {
            _held.Write([value]);
            if (Decide(passed))
            {
                _held.ResetWrittenCount();
                return true;
            }
        }

        return false;
    }

    /// <summary>Passes on what is held: nothing came for a while, so it is no encoding of the chord.</summary>
    public void Flush(IBufferWriter<byte> passed)
    {
        passed.Write(_held.WrittenSpan);
        _held.ResetWrittenCount();
    }

    // Lets go of the oldest bytes until what remains is nothing, a whole encoding (true), or the start of one.
    private bool Decide(IBufferWriter<byte> passed)
    {
        var rest = _held.WrittenSpan;
        while (!rest.IsEmpty)
        {
            var started = false;
            foreach (var encoding in _encodings)
            {
                if (rest.SequenceEqual(encoding))
                {
                    return true;
                }

                started |= encoding.AsSpan().StartsWith(rest);
            }

            if (started)
            {
                break;
            }

            passed.Write(rest[..1]);
            rest = rest[1..];
        }

        if (rest.Length < _held.WrittenCount)
        {
            Span<byte> kept = stackalloc byte[rest.Length];
            rest.CopyTo(kept);
            _held.ResetWrittenCount();
            _held.Write(kept);
        }

        return false;
    }

    private static IEnumerable<byte[]> Encodings(KeyChord chord)
    {
        var modifiers = chord.Modifiers & (KeyModifiers.Control | KeyModifiers.Alt);
        if (chord.Key != Key.Character || modifiers == KeyModifiers.None || modifiers != chord.Modifiers)
        {
            throw new ArgumentException($"{KeyText.Print(chord)} cannot end an attach: use a character with ctrl or alt, for example ctrl+]");
        }

        byte[] raw = !modifiers.HasFlag(KeyModifiers.Control) ? Encoding.UTF8.GetBytes(chord.Rune.ToString())
            : Control(chord.Rune.Value) is { } control ? [control]
            : [];
        if (raw.Length > 0)
        {
            yield return modifiers.HasFlag(KeyModifiers.Alt) ? [0x1b, .. raw] : raw;
        }

        var parameter = (int)modifiers + 1;
        yield return Encoding.ASCII.GetBytes($"\e[27;{parameter};{chord.Rune.Value}~");
        yield return Encoding.ASCII.GetBytes($"\e[{chord.Rune.Value};{parameter}u");
        yield return Encoding.ASCII.GetBytes($"\e[{chord.Rune.Value};{parameter}:1u");
    }

    // The byte that a terminal sends for Control with a character; null when it has none.
    private static byte? Control(int character) => character switch
    {
        ' ' or '@' => 0,
        >= 'a' and <= 'z' => (byte)(character - 'a' + 1),
        >= '[' and <= '_' => (byte)(character - '@'),
        _ => null,
    };
}
