using System.Text.Json;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Verification;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Verification;

/// <summary>From the paper in the hand: its QR code is read from the drawn page by other people's programs.</summary>
public sealed class PrintedPaperTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_qr_code_of_a_printed_result_is_read_and_verifies_off_line()
    {
        var client = dossiers.Citizen();
        var dossier = await dossiers.ResolvedAsync(client);
        var (id, pdf) = await PaperDesk.ResultAsync(client, dossier);
        var stated = await StatedAsync(dossier);
        var (exit, output) = await PaperDesk.ReadAsync(dossiers, pdf, stated);
        Assert.True(exit == 0, output);
        var lines = output.Split('\n');
        Assert.StartsWith($"{TestIdentity.PublicUrl.TrimEnd('/')}/verify/{id:N}#", lines[0], StringComparison.Ordinal);
        var statement = JsonElement.Parse(lines[1]);
        Assert.Equal(("RESULT", "APPROVED", stated.Code), (Text("kind"), Text("outcome"), Text("code")));
        Assert.Equal(
            ["iss", "iat", "jti", "kind", "code", "procedure", "unit", "outcome", "at", "data"], statement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(TestIdentity.PublicUrl.TrimEnd('/'), Text("iss"));

        (exit, output) = await PaperDesk.ReadAsync(dossiers, pdf, stated with { Owner = "Người Khác" });
        Assert.True(exit == 1, output);
        Assert.Contains("the paper says something else", output, StringComparison.Ordinal);
        var others = SealedKeys.Create("somebody else's password", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        (exit, output) = await PaperDesk.ReadAsync(dossiers, pdf, stated, keys: JsonSerializer.Serialize(new { keys = new[] { PublicKey.Of(others) } }, JsonSerializerOptions.Web));
        Assert.True(exit == 1, output);
        Assert.Contains("ERR_JWKS_NO_MATCHING_KEY", output, StringComparison.Ordinal);

        string? Text(string name) => statement.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_corrected_result_has_a_code_of_its_own()
    {
        var client = dossiers.Citizen();
        var dossier = await dossiers.ResolvedAsync(client);
        var (old, _) = await PaperDesk.ResultAsync(client, dossier);
        await WaitForAsync(client, dossier, d => d.GetProperty("status").GetString() == "RETURNED", "the download is receipt");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), dossier, "result", new { decision = "Tên đúng là Dần.", reason = "Sai tên" }));
        await WaitForAsync(client, dossier, d => d.GetProperty("resultDocumentId").GetGuid() != old, "the corrected result is signed");
        var (id, pdf) = await PaperDesk.ResultAsync(client, dossier);
        var (exit, output) = await PaperDesk.ReadAsync(dossiers, pdf, await StatedAsync(dossier));
        Assert.True(exit == 0, output);
        Assert.Contains($"/verify/{id:N}#", output, StringComparison.Ordinal);
        Assert.NotEqual(old, id);
    }

    [Fact]
    public async Task The_example_of_the_documentation_needs_no_library_and_judges_right()
    {
        Assert.SkipUnless(await HasNodeAsync(), "Node.js is not installed.");
        var statements = dossiers.Factory.Services.GetRequiredService<PaperStatements>();
        var qr = await statements.QrTextAsync(
            new PaperFacts(Guid.CreateVersion7(), PaperKind.Result, "H49-1", Free, Unit, Outcome.Approved, DateTimeOffset.UnixEpoch), new { decision = "Chấp thuận", count = 2 }, Ct);
        var folder = Directory.CreateTempSubdirectory("halong-docs").FullName;
        try
        {
            await WriteAsync("check.mjs", Example());
            await WriteAsync("keys.json", (await GetAsync(dossiers.Factory.Client(), "/api/v1/verification-keys")).GetRawText());
            await WriteAsync("stated.json", """{"count":2,"decision":"Chấp thuận"}""");
            var (exit, output) = await RunAsync(qr);
            Assert.True(exit == 0, output);
            Assert.Contains("H49-1", output, StringComparison.Ordinal);
            await WriteAsync("stated.json", """{"count":3,"decision":"Chấp thuận"}""");
            Assert.Equal(1, (await RunAsync(qr)).Exit);
            await WriteAsync("stated.json", """{"count":2,"decision":"Chấp thuận"}""");
            Assert.Equal(1, (await RunAsync($"https://elsewhere/verify/x#{PaperDesk.Forged(qr.Split('#')[1], "APPROVED", "REFUSED")}")).Exit);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text, Ct);

        async Task<(int Exit, string Output)> RunAsync(string text)
        {
            await WriteAsync("qr.txt", text);
            return await Node.RunAsync("node", Path.Combine(folder, "check.mjs"), folder);
        }
    }

    [Fact]
    public async Task What_a_retired_key_signed_still_verifies()
    {
        var clock = new ShiftedTime(new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
        await using var own = await dossiers.NewFactory().WithServices(s => s.AddSingleton<TimeProvider>(clock)).StartAsync(waitForBus: false);
        var keys = own.Services.GetRequiredService<SigningKeys>();
        await keys.RefreshAsync(Ct);
        var facts = new PaperFacts(Guid.CreateVersion7(), PaperKind.Result, "c", null, Unit, null, DateTimeOffset.UnixEpoch);
        var qr = await own.Services.GetRequiredService<PaperStatements>().QrTextAsync(facts, new { a = 1 }, Ct);
        clock.Set(new DateTimeOffset(2027, 3, 1, 3, 0, 0, TimeSpan.Zero));
        await keys.RefreshAsync(Ct);
        clock.Set(new DateTimeOffset(2027, 3, 3, 3, 0, 0, TimeSpan.Zero));
        Assert.Single((await keys.RefreshAsync(Ct)).Private);
        Assert.Equal(2, (await GetAsync(own.Client(), "/api/v1/verification-keys")).GetProperty("keys").GetArrayLength());
        var answer = await PaperDesk.CheckAsync(own.Client(), new { qr, stated = new { a = 1 } });
        Assert.Equal((true, true), (answer.GetProperty("signed").GetBoolean(), answer.GetProperty("dataMatches").GetBoolean()));
        Assert.DoesNotContain("outcome", Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(qr.Split('#')[1].Split('.')[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_no_key_can_be_opened_a_result_waits_to_be_written_and_is_written_when_one_can()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Keys:PollInterval", "1.00:00:00").StartAsync();
        var client = own.Client(dossiers.Identity.Token());
        var dossier = await SubmittedAsync(client, Free);
        foreach (var (role, step, body) in new[] { (Roles.Reception, "acceptance", null), (Roles.Officer, "assignment", null), (Roles.Approver, "", (object?)null) })
            if (step.Length > 0)
                await BodyAsync(await PostAsync(own.Client(dossiers.Identity.Token(roles: [role], unit: Unit)), dossier, step, body));
        var foreign = SealedKeys.Create("somebody else's password", TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow());
        await ReplaceKeysAsync(foreign);
        await BodyAsync(await PostAsync(own.Client(dossiers.Identity.Token(roles: [Roles.Approver], unit: Unit)), dossier, "approval", new { decision = "Chấp thuận." }));
        var waiting = await WaitForAsync(client, dossier, d => d.GetProperty("signingAttempts").GetInt32() >= 1, "the writing failed");
        Assert.Equal(("PROCESSING", "signature"), (waiting.GetProperty("status").GetString(), waiting.GetProperty("waitingFor").GetProperty("who").GetString()));
        await ReplaceKeysAsync(null);
        await WaitForAsync(client, dossier, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is written and signed");

        async Task ReplaceKeysAsync(SigningKey? by)
        {
            await own.InScopeAsync(async (Persistence.DossierDbContext db) =>
            {
                await db.SigningKeys.ExecuteDeleteAsync(Ct);
                if (by is not null)
                    db.SigningKeys.Add(by);
                return await db.SaveChangesAsync(Ct);
            });
            await own.Services.GetRequiredService<SigningKeys>().RefreshAsync(Ct);
        }
    }

    private async Task<StatedResult> StatedAsync(Guid id)
    {
        var d = await dossiers.InDbAsync(db => db.Dossiers.AsNoTracking().SingleAsync(x => x.Id == id, Ct));
        return StatedResult.Of(new ResultText(
            d.Code!, d.UnitNameVi, d.ProcedureCode, d.ProcedureNameVi, d.Subject, d.OwnerName, d.Decision!, d.ApproverName!, d.AcceptedAt!.Value, d.ApprovedAt!.Value));
    }

    private static async Task<bool> HasNodeAsync()
    {
        try
        {
            return (await Node.RunAsync("node", "--version")).Exit == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>The program in docs/services/dossier-verification.md.</summary>
    private static string Example()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "HaLongServices.sln")))
            folder = folder.Parent;
        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "services", "dossier-verification.md"));
        var start = page.IndexOf("```js", StringComparison.Ordinal) + 5;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
