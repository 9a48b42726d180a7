using System.Text.RegularExpressions;
using AgentDeck.Engine.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Diagnostics;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("key sk-ant-0a1b2c3d4e5f6a7b8c9d0e1f end", "key *** end")]
    [InlineData("sk-proj0123456789abcdefghij", "***")]
    [InlineData("(ghp_0123456789abcdefghijABCDEFGHIJ012345)", "(***)")]
    [InlineData("github_pat_11ABCDEFG0abcdefghijkl_xyz", "***")]
    [InlineData("glpat-abcdefghij0123456789", "***")]
    [InlineData("id AKIAIOSFODNN7EXAMPLE.", "id ***.")]
    [InlineData("AIzaSyA0123456789abcdefghijklmnopqrstuv", "***")]
    [InlineData("Authorization: Bearer abc.def-ghi_jkl", "Authorization: Bearer ***")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_def", "***")]
    [InlineData("git clone https://bob:s3cret@example.org/x", "git clone https://bob:***@example.org/x")]
    [InlineData("https://example.org:8080/a?token=abc123&x=1", "https://example.org:8080/a?token=***&x=1")]
    [InlineData("OPENAI_API_KEY=abc def", "OPENAI_API_KEY=*** def")]
    [InlineData("PGPASSWORD='a b' psql", "PGPASSWORD='***' psql")]
    [InlineData("password: hunter2", "password: ***")]
    [InlineData("{\"client_secret\": \"a\\\"b\", \"x\": 1}", "{\"client_secret\": \"***\", \"x\": 1}")]
    [InlineData("Tokens: 12.3k, max_tokens=4096", "Tokens: 12.3k, max_tokens=4096")]
    [InlineData("LANG=C.UTF-8 keyboard: us", "LANG=C.UTF-8 keyboard: us")]
    [InlineData("ghp_0123\u001b[1m456789abcdefghij\u001b[0m end", "***\u001b[0m end")]
    [InlineData("PASS\u001b[31mWORD\u001b[0m=\u001b[1mhunter2\u001b[0m", "PASS\u001b[31mWORD\u001b[0m=\u001b[1m***\u001b[0m")]
    [InlineData("\u001b]8;;https://bob:s3cret@host/\u001b\\link", "\u001b]8;;https://bob:***@host/\u001b\\link")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIE+a/b==\n-----END RSA PRIVATE KEY-----\nnext", "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----\nnext")]
    [InlineData("a -----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz", "a -----BEGIN OPENSSH PRIVATE KEY-----***")]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQdG\n=ab12\n-----END PGP PRIVATE KEY BLOCK-----", "-----BEGIN PGP PRIVATE KEY BLOCK-----***-----END PGP PRIVATE KEY BLOCK-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n\u001b[1mMIIE\u001b[0m\n-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----")]
    [InlineData("curl --user bob --password hunter2 --verbose", "curl --user bob --password *** --verbose")]
    [InlineData("deploy --auth-token  'a b' --api-key \"c d\" e", "deploy --auth-token  '***' --api-key \"***\" e")]
    [InlineData("--client-secret s3cret", "--client-secret ***")]
    [InlineData("--password --token-file /run/x --max-tokens 4096 --pass-through y", "--password --token-file /run/x --max-tokens 4096 --pass-through y")]
    public void Secrets_are_masked_and_the_rest_stays(string text, string expected) =>
        Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("gho_0123456789abcdefghij")]
    [InlineData("ghu_0123456789abcdefghij")]
    [InlineData("ghs_0123456789abcdefghij")]
    [InlineData("ghr_0123456789abcdefghij")]
    [InlineData("xoxb-0123456789-abcdefghij")]
    [InlineData("ASIAIOSFODNN7EXAMPLE")]
    [InlineData("basic dXNlcjpwYXNz", "basic ***")]
    [InlineData("to\u212Aen=hunter2", "to\u212Aen=***")]
    [InlineData("db-pass: hunter2", "db-pass: ***")]
    [InlineData("db_pwd=hunter2", "db_pwd=***")]
    [InlineData("Passphrase: hunter2", "Passphrase: ***")]
    [InlineData("CREDENTIAL=hunter2", "CREDENTIAL=***")]
    [InlineData("--signing-KEY hunter2", "--signing-KEY ***")]
    public void No_kind_of_secret_is_overlooked(string text, string expected = "***") => Assert.Equal(expected, Redactor.Redact(text));

    [Fact]
    public void Text_without_secrets_is_the_same_instance()
    {
        const string Text = "the quick \u001b[31mbrown\u001b[0m fox";

        Assert.Same(Text, Redactor.Redact(Text));
    }

    [Fact]
    public void No_secret_survives_wherever_it_stands_and_wherever_sgr_breaks_it()
    {
        const string Secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
        var cases = Gen.Choose(0, Secret.Length).Two().Zip(ArbMap.Default.GeneratorFor<NonNull<string>>()).ToArbitrary();

        Prop.ForAll(cases, x =>
        {
            var ((first, second), around) = x;
            var broken = Secret.Insert(Math.Max(first, second), "\u001b[0m").Insert(Math.Min(first, second), "\u001b[38;5;1m");
            var text = around.Get.Replace('\u001b', '?');
            var redacted = Redactor.Redact($"{text} {broken} {text}");
            return !EscapeFreeText.From(redacted).Text.Contains(Secret, StringComparison.Ordinal)
                && !redacted.Contains("6789abcd", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("token")]
    [InlineData("eyJaaaaaa-")]
    [InlineData("\u001b]")]
    [InlineData("://a:")]
    [InlineData("password=\"\\")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("--a-")]
    public void Hostile_repetition_hides_no_secret_that_comes_after_it(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 20_000));

        var redacted = Redactor.Redact($"{text}\u0007\npassword=hunter2\n");

        Assert.DoesNotContain("hunter2", redacted);
        Assert.Contains(Redactor.Mask, redacted);
    }

    [Fact]
    public void No_expression_that_finds_secrets_can_backtrack() =>
        Assert.All(SecretFinder.Expressions, expression => Assert.True(expression.Options.HasFlag(RegexOptions.NonBacktracking), expression.ToString()));
}
