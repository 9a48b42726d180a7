using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>
/// What the common agents show when they want something. Blocked comes first: text typed there would choose an entry, so
/// overlooking it does harm; then limits, which an open prompt box below would hide; then questions and prompts.
/// </summary>
internal static partial class BuiltInRules
{
    private const RegexOptions Options = RegexOptions.Multiline | RegexOptions.CultureInvariant;

    private const RegexOptions AnyCase = Options | RegexOptions.IgnoreCase;

    private const int TimeLimit = 50;

    private static readonly ImmutableArray<string> Shells = ["sh", "bash", "zsh", "fish", "dash", "ksh"];

    /// <summary>The rules, first match decides.</summary>
    public static ImmutableArray<DetectionRule> Ranked { get; } =
    [
        new() { Id = "approval-menu", Activity = Activity.Blocked, Lines = ActivityRules.LinesNeeded, All = [ApprovalQuestion(), ChosenMenuEntry()] },
        new() { Id = "approval-answer", Activity = Activity.Blocked, Lines = 8, All = [ApprovalAnswer(), ChosenMenuEntry()] },
        new() { Id = "approval-keys", Activity = Activity.Blocked, Lines = 3, All = [ApprovalKeys()] },
        new() { Id = "usage-limit", Activity = Activity.Limited, Lines = 8, All = [UsageLimit()] },
        new() { Id = "login", Activity = Activity.Limited, Lines = 8, All = [LoginNeeded()] },
        new() { Id = "yes-no", Activity = Activity.Waiting, Lines = 1, All = [YesNo()] },
        new() { Id = "question", Activity = Activity.Waiting, Lines = 1, All = [Question()] },
        new() { Id = "secret", Activity = Activity.Waiting, Lines = 1, All = [SecretPrompt()] },
        new() { Id = "menu", Activity = Activity.Waiting, Lines = 12, All = [ChosenMenuEntry(), SecondMenuEntry()] },
        new() { Id = "prompt-box", Activity = Activity.Waiting, Lines = 10, All = [PromptBox()] },
        new() { Id = "prompt", Activity = Activity.Waiting, Lines = 3, All = [BarePrompt()], ExceptCommands = Shells },
    ];

    [GeneratedRegex(@"^.*\b(?:Do you want to \w+|Would you like to (?:proceed|run|make)|Allow (?:execution|command|this)|Apply this change|Approve (?:this|the)|Waiting for user confirmation|Is this okay|Do you trust)\b.*$", AnyCase, TimeLimit)]
    private static partial Regex ApprovalQuestion();

    [GeneratedRegex(@"^.*(?:No, and tell \w+ what to do differently|No, suggest changes|Yes, (?:and )?(?:allow|don't ask)|Yes, allow once|Allow once).*$", AnyCase, TimeLimit)]
    private static partial Regex ApprovalAnswer();

    [GeneratedRegex(@"^.*(?:\(Y\)es/\(N\)o(?:/\(\w\)|\b)|\[a\]llow|\by/n/a\b).*$", AnyCase, TimeLimit)]
    private static partial Regex ApprovalKeys();

    [GeneratedRegex(@"^\s*[│┃|]?\s*[❯›>●▶]\s*1[.)]\s.*$", Options, TimeLimit)]
    private static partial Regex ChosenMenuEntry();

    [GeneratedRegex(@"^\s*[│┃|]?\s*2[.)]\s.*$", Options, TimeLimit)]
    private static partial Regex SecondMenuEntry();

    [GeneratedRegex(@"^[\s⎿●•*✗✘×!⚠│■]*(?:(?:error|api error|warning)\b[^\n]{0,20})?(?:(?:claude |5-hour |weekly |your )?usage limit reached|you(?:'|’)?ve (?:hit|reached) your (?:\w+ )?limit|(?:rate|quota) limit(?:ed)? (?:reached|exceeded)|rate limited|quota exceeded|resource_exhausted|insufficient_quota|(?:your )?credit balance is too low|429\b[^\n]{0,20}too many requests).*$", AnyCase, TimeLimit)]
    private static partial Regex UsageLimit();

    [GeneratedRegex(@"^[\s⎿●•*✗✘×!⚠│■]*(?:[^\n]{0,40}please run /login|api error: 401|invalid api key|not logged in\b|oauth token (?:has )?expired|session expired, please (?:log|sign) in).*$", AnyCase, TimeLimit)]
    private static partial Regex LoginNeeded();

    [GeneratedRegex(@"^.*[\[(<](?:y/n|yes/no|y/n/q)[\])>]\s*[:?]?\s*$", AnyCase, TimeLimit)]
    private static partial Regex YesNo();

    [GeneratedRegex(@"^.*\w.*\?\s*(?:[:>]\s*)?$", Options, TimeLimit)]
    private static partial Regex Question();

    [GeneratedRegex(@"^.*\b(?:password|passphrase|passcode|verification code|one-time code)\b[^\n]{0,60}:\s*$", AnyCase, TimeLimit)]
    private static partial Regex SecretPrompt();

    [GeneratedRegex(@"^\s*[╭┌─━][─━]{8,}[^\n]*\n\s*[│┃]?\s*[❯›>](?:\s[^\n]*)?$(?:\n[^\n]*){0,3}?\n\s*[╰└─━][─━]{8,}", Options, TimeLimit)]
    private static partial Regex PromptBox();

    [GeneratedRegex(@"^\s*[❯›>]{1,3}\s*$|^\s*▌?\s*›\s[^\n]*$", Options, TimeLimit)]
    private static partial Regex BarePrompt();
}
