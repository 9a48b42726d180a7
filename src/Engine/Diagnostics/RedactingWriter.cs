using System.Buffers;
using System.Text;

namespace AgentDeck.Engine.Diagnostics;

/// <summary>
/// Passes text on without secrets, also when a secret comes in several writes: a line is held back until its end, of a long
/// one the last <see cref="LongestSecret"/> characters. A longer secret is masked up to the next blank, a private key up to its end. Flushing passes on
/// what is sure; disposing passes on the rest, and does not dispose the writer below. Not thread-safe.
/// </summary>
/// <param name="inner">Gets the text.</param>
public sealed class RedactingWriter(TextWriter inner) : TextWriter
{
    /// <summary>The longest secret, with its name, that is sure to be found; in UTF-16 units.</summary>
    public const int LongestSecret = 4096;

    private const int MostHeldBack = 2 * LongestSecret;

    private const string EndOfBlock = "--";

    private static readonly SearchValues<char> EndOfSecret = SearchValues.Create(" \t\r\n\"'");

    private readonly StringBuilder _held = new();
    private bool _insideLongSecret;
    private bool _insideBlock;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var lineEnd = buffer[..Math.Min(buffer.Length, MostHeldBack - _held.Length)].IndexOf('\n') + 1;
            var length = lineEnd > 0 ? lineEnd : Math.Min(buffer.Length, MostHeldBack - _held.Length);
            Hold(buffer[..length]);
            buffer = buffer[length..];
            if (lineEnd > 0)
            {
                PassAllOn();
            }
            else if (_held.Length == MostHeldBack)
            {
                PassSafePartOn();
            }
        }
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            PassAllOn();
            inner.Flush();
        }

        base.Dispose(disposing);
    }

    private void Hold(ReadOnlySpan<char> text)
    {
        if (_insideLongSecret)
        {
            var end = text.IndexOfAny(EndOfSecret);
            _insideLongSecret = end < 0;
            text = end < 0 ? [] : text[end..];
        }

        _held.Append(text);
    }

    private void PassAllOn()
    {
        LeaveBlock();
        var text = _held.ToString();
        var secrets = SecretFinder.Find(text);
        inner.Write(Redactor.Redact(text, secrets));
        _held.Clear();
        _insideBlock |= secrets.Any(secret => secret.IsBlock && secret.End == text.Length);
    }

    // The lines of a block are gone already, as part of the secret that its first line began.
    private void LeaveBlock()
    {
        if (!_insideBlock)
        {
            return;
        }

        var end = _held.ToString().IndexOf(EndOfBlock, StringComparison.Ordinal);
        _insideBlock = end < 0;
        _held.Remove(0, end < 0 ? _held.Length : end);
    }

    // What starts before the cut has room for a whole secret behind it, so more text cannot make it one.
    private void PassSafePartOn()
    {
        LeaveBlock();
        var text = _held.ToString();
        var cut = text.Length - LongestSecret;
        if (cut <= 0)
        {
            return;
        }

        var secrets = SecretFinder.Find(text);
        if (secrets.Any(secret => secret.ContextStart < cut && secret.End == text.Length))
        {
            inner.Write(Redactor.Redact(text, secrets));
            _held.Clear();
            _insideBlock = secrets.Any(secret => secret.IsBlock && secret.End == text.Length);
            _insideLongSecret = !_insideBlock;
            return;
        }

        for (var index = secrets.Count - 1; index >= 0; index--)
        {
            if (secrets[index].ContextStart < cut && cut < secrets[index].End)
            {
                cut = secrets[index].End;
                index = secrets.Count;
            }
        }

        inner.Write(Redactor.Redact(text.AsSpan(0, cut), secrets.Where(secret => secret.End <= cut)));
        _insideLongSecret = cut == text.Length;
        _held.Remove(0, cut);
    }
}
