using System.CommandLine;
using System.Text.RegularExpressions;
using AgentDeck.Engine.Dialects;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck manifests</c>: what a cluster needs to have for AgentDeck.</summary>
internal static partial class ManifestsVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var dialect = new Option<string>("--dialect") { Description = string.Join('|', RoleManifest.Dialects), HelpName = "DIALECT", Required = true };
        dialect.AcceptOnlyFromAmong([.. RoleManifest.Dialects]);
        var serviceAccount = new Option<string>("--service-account") { Description = "Who gets the Role", HelpName = "NAME", DefaultValueFactory = _ => "agentdeck" };
        serviceAccount.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Name().IsMatch(token.Value))
            {
                result.AddError("--service-account must be the name of a service account");
            }
        });
        var rbac = new Verb(
            "rbac",
            "Print the smallest Role with which the deck works, and its RoleBinding; with --read-only one that can change nothing and so shows logs, not screens",
            "agentdeck manifests rbac --dialect gascity -n gc | kubectl apply -f -",
            "agentdeck manifests rbac --dialect plain -A",
            "agentdeck manifests rbac --dialect scion -n team --read-only")
        { dialect, serviceAccount };
        run(rbac, async (context, _) =>
        {
            var isEverywhere = context.Get(context.Options.AllNamespaces);
            var place = PlaceOf(context);
            await context.Console.Out.WriteAsync(RoleManifest.Write(context.Get(dialect)!, isEverywhere ? null : place, context.Get(context.Options.ReadOnly), context.Get(serviceAccount)!));
            return ExitCode.Success;
        });
        var engineDialect = new Option<string>("--dialect") { Description = string.Join('|', RoleManifest.Dialects), HelpName = "DIALECT", DefaultValueFactory = _ => "gascity" };
        engineDialect.AcceptOnlyFromAmong([.. RoleManifest.Dialects]);
        var image = new Option<string>("--image") { Description = "An image with agentdeck in its PATH", HelpName = "IMAGE", Required = true };
        image.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Image().IsMatch(token.Value))
            {
                result.AddError("--image must be the name of an image");
            }
        });
        var engine = new Verb(
            "engine",
            "Print what runs the engine in a cluster: Deployment, ServiceAccount, Role and RoleBinding; it reads agents.toml from the config map agentdeck-engine",
            "agentdeck manifests engine --image registry.example/agentdeck:1 -n gc | kubectl apply -f -")
        { engineDialect, image };
        run(engine, async (context, _) =>
        {
            await context.Console.Out.WriteAsync(EngineManifest.Write(context.Get(engineDialect)!, PlaceOf(context), context.Get(image)!));
            return ExitCode.Success;
        });
        return new Verb("manifests", "Print what a cluster needs to have", "agentdeck manifests rbac --dialect gascity -n gc") { rbac, engine };
    }

    private static string PlaceOf(VerbContext context)
    {
        var place = context.Get(context.Options.Namespace) ?? "default";
        return Name().IsMatch(place) ? place : throw new CliException(ExitCode.Usage, $"'{VerbContext.Plain(place)}' is not the name of a namespace");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,511}$")]
    private static partial Regex Image();

    // RFC 1123, as Kubernetes names things.
    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$")]
    private static partial Regex Name();
}
