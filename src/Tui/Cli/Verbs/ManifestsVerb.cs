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
            var place = context.Get(context.Options.Namespace) ?? "default";
            if (!Name().IsMatch(place))
            {
                throw new CliException(ExitCode.Usage, $"'{VerbContext.Plain(place)}' is not the name of a namespace");
            }

            await context.Console.Out.WriteAsync(RoleManifest.Write(context.Get(dialect)!, isEverywhere ? null : place, context.Get(context.Options.ReadOnly), context.Get(serviceAccount)!));
            return ExitCode.Success;
        });
        return new Verb("manifests", "Print what a cluster needs to have", "agentdeck manifests rbac --dialect gascity -n gc") { rbac };
    }

    // RFC 1123, as Kubernetes names things.
    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$")]
    private static partial Regex Name();
}
