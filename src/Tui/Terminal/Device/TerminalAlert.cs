using System.Text;

namespace AgentDeck.Tui.Terminal.Device;

/// <summary>The bytes that make a terminal ask for attention.</summary>
internal static class TerminalAlert
{
    /// <summary>The longest text, in UTF-16 units; desktops cut longer ones.</summary>
    public const int LongestText = 400;

    /// <summary>A bell, an OSC 9 with the text, or both. No character of the text can end or begin a sequence.</summary>
    public static byte[] Encode(bool bell, string? text)
    {
        var bytes = new StringBuilder();
        if (text is not null)
        {
            // With a name before it, because terminals take a number there for another command.
            bytes.Append("\e]9;AgentDeck: ");
            foreach (var character in text.AsSpan(0, Math.Min(text.Length, LongestText)))
            {
                bytes.Append(char.IsControl(character) ? ' ' : character);
            }

            bytes.Append("\e\\");
        }

        return Encoding.UTF8.GetBytes(bytes.Append(bell ? "\a" : "").ToString());
    }
}
