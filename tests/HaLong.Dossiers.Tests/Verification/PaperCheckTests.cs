using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Verification;

/// <summary>Comparing a file, a hash or a QR code with what was issued.</summary>
public sealed class PaperCheckTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly object Said = new { owner = "Nguyễn Thị Ánh Nguyệt", decision = "Chấp thuận" };

    private HttpClient Anybody => dossiers.Factory.Client();

    private PaperStatements Statements => dossiers.Factory.Services.GetRequiredService<PaperStatements>();

    [Fact]
    public async Task Exactly_the_file_that_was_issued_is_recognised_and_no_other()
    {
        var client = dossiers.Citizen();
        var (id, pdf) = await PaperDesk.ResultAsync(client, await dossiers.ResolvedAsync(client));
        byte[] changed = [.. pdf];
        changed[^10] ^= 1;
        foreach (var (file, issued) in new[] { (pdf, true), (changed, false), ([.. pdf, (byte)'\n'], false) })
        {
            var answer = await BodyAsync(await PaperDesk.PostFileAsync(Anybody, file));
            Assert.Equal(issued, answer.GetProperty("fileIssued").GetBoolean());
            Assert.Equal(issued, answer.GetProperty("paper").ValueKind == JsonValueKind.Object);
            Assert.Equal(JsonValueKind.Null, answer.GetProperty("signed").ValueKind);
        }
        var paper = (await BodyAsync(await PaperDesk.PostFileAsync(Anybody, pdf, null))).GetProperty("paper");
        Assert.Equal((id.ToString("N"), "VALID"), (paper.GetProperty("token").GetString(), paper.GetProperty("status").GetString()));

        using var form = Form(1, pdf, "ket-qua.pdf");
        Assert.True((await BodyAsync(await Anybody.PostAsync(PaperDesk.Path, form, Ct))).GetProperty("fileIssued").GetBoolean());
        var hash = PaperDesk.Sha256(pdf);
        foreach (var written in new[] { hash, hash.ToUpperInvariant() })
            Assert.True((await PaperDesk.CheckAsync(Anybody, new { sha256 = written })).GetProperty("fileIssued").GetBoolean());
    }

    [Fact]
    public async Task Nobody_learns_whether_somebody_else_has_uploaded_a_file_and_nothing_that_is_asked_about_is_kept()
    {
        var client = dossiers.Citizen();
        var id = (await OpenAsync(client, Free)).GetProperty("id").GetGuid();
        var mine = Samples.Pdf("a secret paper");
        (await UploadAsync(client, id, 1, mine)).EnsureSuccessStatusCode();
        Assert.False((await BodyAsync(await PaperDesk.PostFileAsync(Anybody, mine))).GetProperty("fileIssued").GetBoolean());

        var asked = Samples.Pdf("only asked about");
        Assert.False((await BodyAsync(await PaperDesk.PostFileAsync(Anybody, asked))).GetProperty("fileIssued").GetBoolean());
        var hash = PaperDesk.Sha256(asked);
        Assert.False(File.Exists(Path.Combine(dossiers.Folder, hash[..2], hash)));
    }

    [Fact]
    public async Task A_qr_code_of_ours_says_what_it_states_and_what_became_of_the_paper()
    {
        var client = dossiers.Citizen();
        var dossier = await dossiers.ResolvedAsync(client);
        var (id, _) = await PaperDesk.ResultAsync(client, dossier);
        var code = (await ViewAsync(client, dossier)).GetProperty("code").GetString()!;
        var at = new DateTimeOffset(2026, 11, 30, 18, 0, 0, TimeSpan.Zero);
        var qr = await Statements.QrTextAsync(new PaperFacts(id, PaperKind.Result, code, Free, Unit, Outcome.Approved, at), Said, Ct);
        Assert.InRange(qr.Length, 1, 858);
        foreach (var text in new[] { qr, qr.Split('#')[1], $"  {qr.Split('#')[1]}\n" })
        {
            var answer = await PaperDesk.CheckAsync(Anybody, new { qr = text });
            Assert.True(answer.GetProperty("signed").GetBoolean());
            var statement = answer.GetProperty("statement");
            // 18:00 in UTC is the next day in Hạ Long.
            Assert.Equal(
                (id.ToString("N"), "RESULT", code, Free, Unit, "APPROVED", "2026-12-01"),
                (Text("jti"), Text("kind"), Text("code"), Text("procedure"), Text("unit"), Text("outcome"), Text("at")));
            Assert.Equal("VALID", answer.GetProperty("paper").GetProperty("status").GetString());
            Assert.Equal(JsonValueKind.Null, answer.GetProperty("dataMatches").ValueKind);

            string? Text(string name) => statement.GetProperty(name).GetString();
        }
    }

    [Fact]
    public async Task What_the_paper_says_is_compared_with_what_was_signed()
    {
        var qr = await Statements.QrTextAsync(new PaperFacts(Guid.CreateVersion7(), "SUPPLEMENT", "c", null, Unit, null, DateTimeOffset.UnixEpoch), Said, Ct);
        // The order does not matter, a single letter does.
        Assert.True(await MatchesAsync(new { decision = "Chấp thuận", owner = "Nguyễn Thị Ánh Nguyệt" }));
        Assert.False(await MatchesAsync(new { decision = "Chấp thuận", owner = "Nguyễn Thị Anh Nguyệt" }));
        Assert.False(await MatchesAsync(new { decision = "Chấp thuận" }));
        using var half = new StringContent($$"""{"qr":"{{qr}}","stated":{"owner":"\ud800"} }""", System.Text.Encoding.UTF8, "application/json");
        Assert.False((await BodyAsync(await Anybody.PostAsync(PaperDesk.Path, half, Ct))).GetProperty("dataMatches").GetBoolean());
        // Signed by us, but the paper itself was never issued.
        Assert.Equal(JsonValueKind.Null, (await PaperDesk.CheckAsync(Anybody, new { qr })).GetProperty("paper").ValueKind);

        async Task<bool> MatchesAsync(object stated) => (await PaperDesk.CheckAsync(Anybody, new { qr, stated })).GetProperty("dataMatches").GetBoolean();
    }

    [Fact]
    public async Task Forgeries_are_told_apart_a_changed_word_other_keys_another_kind_of_statement_no_signature()
    {
        var facts = new PaperFacts(Guid.CreateVersion7(), PaperKind.Result, "c", null, Unit, Outcome.Refused, DateTimeOffset.UnixEpoch);
        var jws = (await Statements.QrTextAsync(facts, Said, Ct)).Split('#')[1];
        var payload = Base64UrlEncoder.Decode(jws.Split('.')[1]);
        var signer = dossiers.Factory.Services.GetRequiredService<Signer>();
        using var foreign = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var kid = new JsonWebToken(jws).Kid;
        var stranger = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            payload, new SigningCredentials(new ECDsaSecurityKey(foreign) { KeyId = kid }, SecurityAlgorithms.EcdsaSha256), new Dictionary<string, object> { ["typ"] = PaperStatement.Type });
        string[] forgeries =
        [
            PaperDesk.Forged(jws, "REFUSED", "APPROVED"), stranger, await signer.SignAsync("halong-submission+jwt", JsonElement.Parse(payload), Ct),
            $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"halong-paper+jwt"}""")}.{jws.Split('.')[1]}.", jws[..^4], "rubbish", "", "a.b.c", "#",
        ];
        Assert.True((await PaperDesk.CheckAsync(Anybody, new { qr = jws })).GetProperty("signed").GetBoolean());
        foreach (var forgery in forgeries)
        {
            var answer = await PaperDesk.CheckAsync(Anybody, new { qr = forgery, stated = Said });
            Assert.False(answer.GetProperty("signed").GetBoolean(), forgery);
            Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null), (Kind("statement"), Kind("paper"), Kind("dataMatches")));

            JsonValueKind Kind(string name) => answer.GetProperty(name).ValueKind;
        }
    }

    [Fact]
    public async Task What_cannot_be_checked_is_refused_with_its_reason()
    {
        await RefusedAsync(await Anybody.PostAsJsonAsync(PaperDesk.Path, new { }, Ct), 400, "DOS-0621");
        await RefusedAsync(await Anybody.PostAsJsonAsync(PaperDesk.Path, (object?)null, Ct), 400, "DOS-0621");
        var problem = await RefusedAsync(await Anybody.PostAsJsonAsync(PaperDesk.Path, new { sha256 = new string('x', 64) }, Ct), 400, "DOS-0621");
        Assert.True(problem.GetProperty("errors").TryGetProperty("sha256", out _));
        await RefusedAsync(await Anybody.PostAsJsonAsync(PaperDesk.Path, new { sha256 = "abc" }, Ct), 400, "DOS-0621");
        await RefusedAsync(await Anybody.PostAsJsonAsync(PaperDesk.Path, new { qr = new string('x', 9000) }, Ct), 400, "DOS-0621");
        await RefusedAsync(await PaperDesk.PostFileAsync(Anybody, []), 400, "DOS-0621");
        using var empty = new MultipartFormDataContent { { new StringContent("1"), "component" } };
        await RefusedAsync(await Anybody.PostAsync(PaperDesk.Path, empty, Ct), 400, "DOS-0621");
        await RefusedAsync(await PaperDesk.PostFileAsync(Anybody, [1, 2], "image/png"), 415, "CMN-0415");
        using var broken = new StringContent("{", System.Text.Encoding.UTF8, "application/json");
        await RefusedAsync(await Anybody.PostAsync(PaperDesk.Path, broken, Ct), 400, "CMN-0400");
        await RefusedAsync(await Anybody.PostAsJsonAsync(PaperDesk.Path, new { qr = "x", stated = new { text = new string('x', 70_000) } }, Ct), 413, "CMN-0413");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await Anybody.DeleteAsync($"{PaperDesk.Path}/{Guid.CreateVersion7():N}", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_file_larger_than_any_of_ours_is_not_read_to_its_end()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Files:MaxBytes", "1000").StartAsync(waitForBus: false);
        await RefusedAsync(await PaperDesk.PostFileAsync(own.Client(), new byte[1001]), 413, "DOS-0013");
        await RefusedAsync(await PaperDesk.PostFileAsync(own.Client(), new byte[100_000]), 413, "DOS-0013");
        Assert.False((await BodyAsync(await PaperDesk.PostFileAsync(own.Client(), new byte[1000]))).GetProperty("fileIssued").GetBoolean());
    }
}
