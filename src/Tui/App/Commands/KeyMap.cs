using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Commands;

/// <summary>Which key means which command. Immutable.</summary>
internal sealed class KeyMap
{
    private readonly ImmutableDictionary<(KeyContext Context, KeyChord Chord), CommandId> _commands;
    private readonly ImmutableDictionary<CommandId, ImmutableArray<KeyChord>> _keys;

    private KeyMap(ImmutableDictionary<CommandId, ImmutableArray<KeyChord>> keys)
    {
        _keys = keys;
        var commands = ImmutableDictionary.CreateBuilder<(KeyContext, KeyChord), CommandId>();
        foreach (var command in CommandCatalog.All)
        {
            foreach (var chord in keys[command.Id])
            {
                commands[(command.Context, chord)] = command.Id;
            }
        }

        _commands = commands.ToImmutable();
    }

    /// <summary>The default keys.</summary>
    public static KeyMap Default { get; } = new(CommandCatalog.All.ToImmutableDictionary(command => command.Id, command => command.Keys));

    /// <summary>
    /// The default keys changed by <c>[keys]</c>. A binding replaces all keys of its command and takes its key from a
    /// command that has it only by default; an empty key unbinds. Lines that cannot be used are reported and left out.
    /// </summary>
    /// <param name="file">The file, for the problems.</param>
    /// <param name="bindings">The lines of <c>[keys]</c>.</param>
    public static (KeyMap Map, ImmutableArray<ConfigurationProblem> Problems) Build(string file, IReadOnlyList<KeyBindingSpec> bindings)
    {
        var keys = Default._keys.ToBuilder();
        var owners = new Dictionary<(KeyContext, KeyChord), CommandInfo>();
        var problems = ImmutableArray.CreateBuilder<ConfigurationProblem>();
        foreach (var binding in bindings)
        {
            var problem = Bind(binding, keys, owners);
            if (problem is not null)
            {
                problems.Add(new ConfigurationProblem(file, binding.Line, binding.Column, problem, IsWarning: false));
            }
        }

        // Without the second nobody could leave a pane that is typed into.
        KeepKey(CommandId.Quit, KeyChord.Of('q'));
        KeepKey(CommandId.EndTyping, KeyChord.Of(']', KeyModifiers.Control));
        return (new KeyMap(keys.ToImmutable()), problems.ToImmutable());

        void KeepKey(CommandId id, KeyChord chord)
        {
            if (keys[id].IsEmpty)
            {
                var command = CommandCatalog.Of(id);
                problems.Add(new ConfigurationProblem(file, 0, 0, $"[keys] leaves {command.Name} without a key; {KeyText.Print(chord)} stays bound to it", IsWarning: true));
                Take(keys, command.Context, chord);
                keys[id] = [chord];
            }
        }
    }

    /// <summary>The command of a key, or null. Asks the context and then what encloses it.</summary>
    public CommandId? Find(KeyContext context, KeyChord chord)
    {
        while (true)
        {
            if (_commands.TryGetValue((context, chord), out var command))
            {
                return command;
            }

            switch (context)
            {
                case KeyContext.History:
                    context = KeyContext.Pane;
                    break;
                case KeyContext.Pane:
                    context = KeyContext.Anywhere;
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>The keys of a command, the most important first; empty when it has none.</summary>
    public ImmutableArray<KeyChord> KeysOf(CommandId command) => _keys[command];

    /// <summary>The label of the first key of a command, for example <c>Ctrl-]</c>, or null when it has none.</summary>
    public string? LabelOf(CommandId command) => _keys[command] is [var first, ..] ? KeyLabel.Of(first) : null;

    private static string? Bind(
        KeyBindingSpec binding,
        ImmutableDictionary<CommandId, ImmutableArray<KeyChord>>.Builder keys,
        Dictionary<(KeyContext, KeyChord), CommandInfo> owners)
    {
        if (CommandCatalog.All.FirstOrDefault(command => command.Name == binding.Command) is not { } info)
        {
            var nearest = Spelling.Nearest(binding.Command, CommandCatalog.All.Select(command => command.Name));
            return $"'{binding.Command}' is no command; {(nearest is null ? "" : $"did you mean {nearest}? ")}`agentdeck keys` lists them";
        }

        if (binding.Key.Length == 0)
        {
            keys[info.Id] = [];
            return null;
        }

        if (!KeyText.TryParse(binding.Key, out var chord, out var error))
        {
            return error;
        }

        if (owners.TryGetValue((info.Context, chord), out var owner) && owner.Id != info.Id)
        {
            return $"{binding.Key} is already bound to {owner.Name}; give one of them another key";
        }

        // A command with several keys comes once for each.
        var isFirst = !owners.ContainsValue(info);
        Take(keys, info.Context, chord);
        keys[info.Id] = isFirst ? [chord] : keys[info.Id].Add(chord);
        owners[(info.Context, chord)] = info;
        return null;
    }

    private static void Take(ImmutableDictionary<CommandId, ImmutableArray<KeyChord>>.Builder keys, KeyContext context, KeyChord chord)
    {
        foreach (var command in CommandCatalog.All)
        {
            if (command.Context == context)
            {
                keys[command.Id] = keys[command.Id].Remove(chord);
            }
        }
    }
}
