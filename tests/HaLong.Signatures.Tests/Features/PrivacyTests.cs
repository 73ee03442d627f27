using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using Microsoft.Extensions.Logging;

namespace HaLong.Signatures.Tests.Features;

/// <summary>No secret and no content in what operators see: neither in the words that may be logged nor in what a running host logs.</summary>
public sealed partial class PrivacyTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    // Whole words of a name: Pin but not Mapping, Sad but not Crusade. An error's code is no secret.
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "pin", "sad", "otp", "password", "secret", "token", "proof", "content", "payload", "body", "text", "remark", "note", "location", "statement",
            "name", "subject", "phone", "email",
    };

    private static readonly HashSet<string> Innocent = new(StringComparer.OrdinalIgnoreCase) { "Code", "RefusalCode", "ErrorCode" };

    private static IEnumerable<string> Offences(string name) => Innocent.Contains(name) ? []
        : Words().Matches(name).Select(m => m.Value).Where(w => Forbidden.Contains(w) || w.Equals("code", StringComparison.OrdinalIgnoreCase)
            && !name.StartsWith("Unit", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void No_log_message_has_a_place_for_a_secret_or_for_content()
    {
        var messages = typeof(SignatureTelemetry).Assembly.GetTypes().SelectMany(t =>
            t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(m => (Method: m, Log: m.GetCustomAttribute<LoggerMessageAttribute>())).Where(m => m.Log is not null).ToList();
        Assert.True(messages.Count > 10);
        foreach (var (method, log) in messages)
        {
            foreach (var place in Places().Matches(log!.Message).Select(m => m.Groups[1].Value).Concat(method.GetParameters().Select(p => p.Name!)))
                Assert.True(!Offences(place).Any(), $"{method.DeclaringType!.Name}.{method.Name}: {{{place}}}");
        }
    }

    [Fact]
    public void Everything_is_logged_by_messages_that_were_written_before()
    {
        foreach (var (file, text) in Sources())
            Assert.False(Improvised().IsMatch(text), $"{file} logs by a message of its own.");
    }

    [Fact]
    public void No_tag_of_a_metric_or_span_has_a_name_for_a_secret_or_for_content()
    {
        var tags = Sources().SelectMany(s => Tags().Matches(s.Text).Select(m => (s.File, Tag: m.Groups[1].Value))).ToList();
        Assert.True(tags.Count > 8);
        foreach (var (file, tag) in tags)
            Assert.True(!Offences(tag).Any(), $"{file}: {tag}");
    }

    [Theory]
    [InlineData("Pin")]
    [InlineData("pinHash")]
    [InlineData("OneTimeCode")]
    [InlineData("SadValue")]
    [InlineData("halong.document.content")]
    public void Names_that_give_a_secret_away_are_noticed(string name) => Assert.NotEmpty(Offences(name));

    [Theory]
    [InlineData("Mapping")]
    [InlineData("Code")]
    [InlineData("UnitCode")]
    [InlineData("halong.document.id")]
    public void Names_that_do_not_are_let_pass(string name) => Assert.Empty(Offences(name));

    [Fact]
    public async Task A_host_that_signs_refuses_and_validates_logs_nothing_of_what_it_was_given()
    {
        using var canary = new LogCanary();
        await using var service = SignatureFixture.Create(fixture.Servers, fixture.Identity).WithServices(canary.Into);
        await service.StartAsync();
        var client = new Neighbour(service.Grpc(fixture.Identity.ServiceToken("dossier")));
        canary.Watch(SignatureFixture.KeyPassword);

        // As long as what it replaces: nothing else of the file moves.
        var pdf = SignatureFixture.Request(SamplePdfs.Replace(SamplePdfs.Table(), "Approved: yes", canary.Watch("MK7QX2VZ9RTW4")));
        (pdf.Reason, pdf.Location) = (canary.Hatch("reason"), canary.Hatch("location"));
        var signed = await client.SignPdfAsync(pdf);
        var file = new SignFileRequest
        {
            DocumentId = Guid.CreateVersion7().ToString(),
            Name = canary.Hatch("name") + ".csv",
            MimeType = "text/csv",
            HashAlgorithm = "SHA-256",
            Hash = ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(canary.Hatch("file")))),
            UnitCode = SignatureFixture.Unit,
            SignerId = pdf.SignerId,
        };
        var beside = await client.SignFileAsync(file);
        var statement = new SignStatementRequest
        {
            DocumentId = Guid.CreateVersion7().ToString(),
            Type = "halong-test+jwt",
            Payload = ByteString.CopyFromUtf8($$"""{"a":"{{canary.Hatch("statement")}}"}"""),
            UnitCode = SignatureFixture.Unit,
            SignerId = pdf.SignerId,
        };
        var stated = await client.SignStatementAsync(statement);
        canary.Watch(stated.Jws.Split('.')[1]);

        // Refusals carry what was wrong to the caller, not to the log.
        file.HashAlgorithm = canary.Hatch("algorithm");
        statement.Payload = ByteString.CopyFromUtf8(canary.Hatch("broken"));
        pdf.Pdf = ByteString.CopyFrom(pdf.Pdf.ToByteArray()[..^20]);
        foreach (var refused in new Func<Task>[] { () => client.SignFileAsync(file), () => client.SignStatementAsync(statement), () =>
            client.SignPdfAsync(pdf) })
            await SignatureFixture.RefusedAsync(refused);
        using var http = service.Client();
        foreach (var form in new MultipartFormDataContent[]
        {
            new() { { new ByteArrayContent(signed.SignedPdf.ToByteArray()), "file", canary.Hatch("file-name") } },
            new() { { new StringContent(canary.Hatch("other")), "file", canary.Hatch("file-name") },
                { new ByteArrayContent(beside.Signature.ToByteArray()), "signature", "x.p7s" } },
            new() { { new StringContent(stated.Jws), "file", "x.jws" } },
            new() { { new StringContent(canary.Hatch("garbage")), "file", canary.Hatch("file-name") }, { new StringContent(canary.Hatch("garbage")),
                canary.Hatch("field"), "x" } },
        })
        {
            using (form)
                (await http.PostAsync("/api/v1/validations?report=detailed", form, TestContext.Current.CancellationToken)).Dispose();
        }

        Assert.Contains(canary.Lines, l => l.Contains(file.DocumentId, StringComparison.Ordinal));
        canary.IsSilent();
    }

    private static IEnumerable<(string File, string Text)> Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HaLongServices.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository's root was not found.");
        return Directory.EnumerateFiles(Path.Combine(folder.FullName, "services", "e-signature", "HaLong.Signatures"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)).Select(f =>
                (Path.GetFileName(f), File.ReadAllText(f)));
    }

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Words();

    [GeneratedRegex("{([A-Za-z]+)[^}]*}")]
    private static partial Regex Places();

    [GeneratedRegex(@"(?:SetTag\(|KeyValuePair<string, object\?>\()\s*""([^""]+)""")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)?\(")]
    private static partial Regex Improvised();
}
