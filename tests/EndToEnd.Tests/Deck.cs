using System.Globalization;

namespace AgentDeck.EndToEnd.Tests;

/// <summary>The deck in a terminal, seen and used as a person does.</summary>
internal sealed class Deck(TmuxServer terminal, string session)
{
    /// <summary>Presses keys, by their tmux names.</summary>
    public Task PressAsync(params string[] keys) => terminal.RunAsync(["send-keys", "-t", Pane, .. keys]);

    /// <summary>Types a text.</summary>
    public Task TypeAsync(string text) => terminal.RunAsync("send-keys", "-t", Pane, "-l", "--", text);

    /// <summary>The screen as text.</summary>
    public Task<string> ScreenAsync() => terminal.ScreenAsync(session);

    /// <summary>The screen with its colours.</summary>
    public Task<string> ColouredScreenAsync() => terminal.RunAsync("capture-pane", "-p", "-e", "-t", Pane);

    /// <summary>Waits until the screen shows all of these.</summary>
    public Task<string> SeeAsync(params string[] what) => Eventually.HoldsAsync(
        ScreenAsync,
        screen => what.All(text => screen.Contains(text, StringComparison.Ordinal)),
        $"the deck shows {string.Join(" and ", what.Select(text => $"'{text}'"))}");

    /// <summary>Waits until the screen no longer shows this.</summary>
    public Task<string> SeeNoMoreAsync(string what) => Eventually.HoldsAsync(
        ScreenAsync, screen => !screen.Contains(what, StringComparison.Ordinal), $"the deck no longer shows '{what}'");

    /// <summary>Waits until the screen is as wanted.</summary>
    public Task<string> SeeAsync(Func<string, bool> holds, string what) => Eventually.HoldsAsync(ScreenAsync, holds, what);

    /// <summary>Gives the terminal another size.</summary>
    public Task ResizeAsync(int columns, int rows) =>
        terminal.RunAsync("resize-window", "-t", Pane, "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>Asks the terminal about itself, for example <c>#{alternate_on}</c>.</summary>
    public Task<string> AskTerminalAsync(string format) => terminal.AskAsync(session, format);

    /// <summary>Writes all that the terminal gets from now on to a file.</summary>
    public Task RecordAsync(string file) => terminal.RunAsync("pipe-pane", "-O", "-t", Pane, $"exec cat > '{file}'");

    /// <summary>The process id of the deck.</summary>
    public async Task<int> PidAsync()
    {
        var shell = await AskTerminalAsync("#{pane_pid}");
        var children = await File.ReadAllTextAsync($"/proc/{shell}/task/{shell}/children");
        return int.Parse(children.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Sends a signal to the deck.</summary>
    public async Task SignalAsync(string signal) =>
        await Shell.RunAsync("kill", [$"-{signal}", $"{await PidAsync()}"], new Dictionary<string, string>(), "/");

    /// <summary>Closes the terminal under the deck.</summary>
    public Task CloseTerminalAsync() => terminal.RunAsync("kill-session", "-t", $"={session}");

    private string Pane => $"={session}:";
}
