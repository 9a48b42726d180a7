using System.Buffers;
using System.Text;

namespace AgentDeck.Tui.Terminal.Input;

/// <summary>
/// Turns what a terminal sends into events, whatever way the bytes are split. It has no clock: while
/// <see cref="HasPartialSequence"/> the owner calls <see cref="Flush"/> whenever nothing came for a while, which is how a lone
/// Escape is told from the start of a sequence. Answers to queries are swallowed; a sequence longer than
/// <see cref="LongestSequence"/> is dropped. Not safe for concurrent use.
/// </summary>
internal sealed class VtInputParser(Action<TerminalEvent> publish)
{
    /// <summary>The longest sequence that is understood, in bytes.</summary>
    public const int LongestSequence = 8 * 1024;

    // How many flushes without a byte between them a state survives: a key must come at once, a slow line may tear the others apart.
    private const int PatienceWithSequence = 10;
    private const int PatienceWithPaste = 100;

    private const byte Escape = 0x1b;
    private const byte Bell = 0x07;

    private readonly ArrayBufferWriter<byte> _sequence = new(64);
    private readonly PasteBuffer _paste = new();
    private State _state;
    private KeyModifiers _prefix;
    private byte _introducer;
    private int _skip;
    private int _flushes;

    private enum State
    {
        Ground,
        Utf8,
        Escaped,
        Control,
        LinuxConsole,
        SingleShift,
        Text,
        TextEscaped,
        OldMouse,
        Paste,
    }

    /// <summary>Whether bytes are held that more bytes, or <see cref="Flush"/>, will decide.</summary>
    public bool HasPartialSequence => _state != State.Ground;

    /// <summary>Takes bytes and publishes the events that they complete.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        _flushes = 0;
        foreach (var value in bytes)
        {
            Step(value);
        }
    }

    /// <summary>Nothing came for a while: what is held is a key of its own, or, after some patience, will never be complete.</summary>
    public void Flush()
    {
        _flushes++;
        switch (_state)
        {
            case State.Escaped:
                PressEscapes(_sequence.WrittenCount + 1);
                Reset();
                break;
            case State.Control or State.SingleShift or State.Text when _sequence.WrittenCount == 0:
                PressEscapes(_prefix == KeyModifiers.None ? 0 : 1);
                Press(KeyChord.Of((char)_introducer, KeyModifiers.Alt));
                Reset();
                break;
            case State.Utf8:
                PressCharacter(Rune.ReplacementChar);
                break;
            case State.Paste when _flushes >= PatienceWithPaste:
                EndPaste();
                break;
            case not (State.Ground or State.Paste) when _flushes >= PatienceWithSequence:
                Reset();
                break;
        }
    }

    private void Step(byte value)
    {
        switch (_state)
        {
            case State.Ground:
                Ground(value);
                break;
            case State.Utf8:
                Utf8(value);
                break;
            case State.Escaped:
                AfterEscape(value);
                break;
            case State.Control:
                Control(value);
                break;
            case State.LinuxConsole:
                Reset();
                Press(KeySequences.ByLinuxConsole(value), KeyModifiers.None);
                break;
            case State.SingleShift:
                SingleShift(value);
                break;
            case State.Text:
                Text(value);
                break;
            case State.TextEscaped:
                Reset();
                if (value != '\\')
                {
                    Begin(State.Escaped, Escape);
                    Step(value);
                }

                break;
            case State.OldMouse:
                if (--_skip == 0)
                {
                    Reset();
                }

                break;
            case State.Paste:
                if (_paste.Add(value))
                {
                    EndPaste();
                }

                break;
        }
    }

    private void Ground(byte value)
    {
        if (value == Escape)
        {
            Begin(State.Escaped, Escape);
        }
        else if (value is < 0x20 or 0x7f)
        {
            var prefix = _prefix;
            Reset();
            Press(KeySequences.ByControl(value, prefix));
        }
        else if (value < 0x80)
        {
            PressCharacter(new Rune(value));
        }
        else
        {
            _state = State.Utf8;
            _sequence.ResetWrittenCount();
            Utf8(value);
        }
    }

    private void Utf8(byte value)
    {
        Keep(value);
        var status = Rune.DecodeFromUtf8(_sequence.WrittenSpan, out var rune, out var consumed);
        if (status == OperationStatus.NeedMoreData)
        {
            return;
        }

        // In a broken sequence the byte that broke it starts anew.
        var again = consumed < _sequence.WrittenCount;
        PressCharacter(rune);
        if (again)
        {
            Step(value);
        }
    }

    private void AfterEscape(byte value)
    {
        switch (value)
        {
            case Escape:
                // Alt before a key that is itself a sequence, or two presses of Escape; one byte held marks it.
                if (_sequence.WrittenCount == 0)
                {
                    Keep(value);
                }
                else
                {
                    Press(KeyChord.Of(Key.Escape));
                }

                break;
            case (byte)'[':
                Introduce(State.Control, value);
                break;
            case (byte)'O':
                Introduce(State.SingleShift, value);
                break;
            case (byte)']' or (byte)'P' or (byte)'_' or (byte)'^' or (byte)'X':
                Introduce(State.Text, value);
                break;
            default:
                PressEscapes(_sequence.WrittenCount);
                _state = State.Ground;
                _prefix = KeyModifiers.Alt;
                Ground(value);
                break;
        }
    }

    private void Introduce(State state, byte introducer)
    {
        var prefix = _sequence.WrittenCount > 0 ? KeyModifiers.Alt : KeyModifiers.None;
        Begin(state, introducer);
        _prefix = prefix;
    }

    private void Control(byte value)
    {
        switch (value)
        {
            case (byte)'[' when _sequence.WrittenCount == 0:
                _state = State.LinuxConsole;
                Keep(value);
                break;
            case >= 0x20 and <= 0x3f:
                Keep(value);
                break;
            case >= 0x40 and <= 0x7e:
                EndControl(value);
                break;
            default:
                // A control key in the middle must get through.
                Reset();
                Step(value);
                break;
        }
    }

    private void EndControl(byte final)
    {
        var parameters = _sequence.WrittenSpan;
        if (parameters.Length >= LongestSequence)
        {
            Reset();
            return;
        }

        TerminalEvent? happened = null;
        if (!parameters.IsEmpty && parameters[0] is >= (byte)'<' and <= (byte)'?')
        {
            happened = parameters[0] == '<' && final is (byte)'M' or (byte)'m' ? SgrMouse.Read(parameters[1..], final == 'm') : null;
        }
        else if (parameters.IsEmpty && final is (byte)'I' or (byte)'O')
        {
            happened = new FocusChanged(final == 'I');
        }
        else if (parameters.IsEmpty && final == 'M')
        {
            // The reports of mode 1000 without 1006, left on by somebody else.
            Begin(State.OldMouse, final);
            _skip = 3;
            return;
        }
        else if (final == '~' && parameters.SequenceEqual("200"u8))
        {
            Reset();
            _state = State.Paste;
            return;
        }
        else if (parameters.IndexOfAnyExceptInRange((byte)'0', (byte)';') < 0)
        {
            happened = CsiKey.Read(parameters, final, _prefix) is { } chord ? new KeyPressed(chord) : null;
        }

        Reset();
        if (happened is not null)
        {
            publish(happened);
        }
    }

    private void SingleShift(byte value)
    {
        if (value is >= (byte)'0' and <= (byte)'9' or (byte)';')
        {
            Keep(value);
            return;
        }

        // Some terminals put the modifiers between: SS3 5 P, SS3 1;5 P.
        var parameters = _sequence.WrittenSpan;
        var modifiers = _prefix | KeySequences.Modifiers(CsiKey.LastNumber(parameters));
        Reset();
        if (value is < 0x20 or >= 0x7f)
        {
            Step(value);
        }
        else if (KeySequences.ByFinal(value) is { } key && value != 'Z')
        {
            Press(key, modifiers);
        }
        else if (KeySequences.ByKeypad(value) is { } chord)
        {
            Press(chord with { Modifiers = modifiers });
        }
    }

    private void Text(byte value)
    {
        switch (value)
        {
            case Bell or 0x18 or 0x1a:
                Reset();
                break;
            case Escape:
                _state = State.TextEscaped;
                break;
            default:
                Keep(value);
                if (_sequence.WrittenCount >= LongestSequence)
                {
                    // No answer is that long; a person who types must not be swallowed for ever.
                    Reset();
                }

                break;
        }
    }

    private void EndPaste()
    {
        Reset();
        publish(new TextPasted(_paste.Take()));
    }

    private void Begin(State state, byte introducer)
    {
        Reset();
        _state = state;
        _introducer = introducer;
    }

    private void Reset()
    {
        _state = State.Ground;
        _prefix = KeyModifiers.None;
        _sequence.ResetWrittenCount();
    }

    private void Keep(byte value)
    {
        if (_sequence.WrittenCount < LongestSequence)
        {
            _sequence.Write([value]);
        }
    }

    private void PressCharacter(Rune rune)
    {
        var prefix = _prefix;
        Reset();
        if (!Rune.IsControl(rune))
        {
            Press(new KeyChord(Key.Character, rune, prefix));
        }
    }

    private void Press(Key? key, KeyModifiers modifiers)
    {
        if (key is { } known)
        {
            Press(KeyChord.Of(known, modifiers));
        }
    }

    // A terminal that writes Alt as Escape has no Alt-Escape of its own: a person pressed Escape that many times.
    private void PressEscapes(int count)
    {
        for (var press = 0; press < count; press++)
        {
            Press(KeyChord.Of(Key.Escape));
        }
    }

    private void Press(KeyChord chord) => publish(new KeyPressed(chord));
}
