using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HaLong.Signatures.Tests.Evidence;

/// <summary>The chain of the service that is the witness itself.</summary>
public sealed class OwnEvidenceTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signatures_and_changes_of_seals_are_evidence_that_is_anchored_verified_and_missed_when_it_is_gone()
    {
        var signed = await fixture.AsDossier().SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table(), unit: "06661"));
        using var leader = fixture.Service.Client(fixture.Identity.Token(roles: [Roles.Leader], unit: "06661", strong: true));
        using var suspended = await leader.PostAsJsonAsync("/api/v1/admin/seals/06661/suspension", new { note = "Mất thiết bị" }, Ct);
        suspended.EnsureSuccessStatusCode();
        var seal = (await suspended.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString();

        await Eventually.Async(async () => await CountAsync("position IS NULL") == 0 && await CountAsync("kind LIKE 'signature.seal-%'") == 2, "everything is chained");
        Assert.Equal(1, await CountAsync($"kind = 'signature.seal-issued' AND subject = '{seal}'"));
        Assert.Equal(1, await CountAsync($"kind = 'signature.seal-changed' AND subject = '{seal}' AND actor <> 'system'"));
        Assert.Equal(1, await CountAsync("kind LIKE 'halong.document-signed%' AND actor = 'dossier'"));
        Assert.InRange(await CountAsync("kind = 'signature.authority-issued'"), 1, 2);
        Assert.NotEmpty(signed.SignatureId);

        await AnchorAsync();
        using var anybody = fixture.Service.Client();
        var anchors = await anybody.GetFromJsonAsync<JsonElement>("/api/v1/evidence/anchors?service=e-signature", Ct);
        Assert.True(anchors.GetProperty("items").GetArrayLength() >= 1);
        var clean = await VerifyAsync();
        Assert.Equal((0, true), (clean.GetProperty("problems").GetInt32(), clean.GetProperty("witnessed").GetBoolean()));
        Assert.Equal(await CountAsync("true"), clean.GetProperty("rows").GetInt64() + clean.GetProperty("waiting").GetInt64());

        // Row, own anchor and the book: each by somebody with every right on this database.
        await TamperAsync(fixture, "UPDATE evidence SET actor = 'somebody' WHERE kind = 'signature.seal-changed'");
        Assert.Equal(["ALTERED"], await ProblemsAsync());
        await TamperAsync(fixture, "UPDATE evidence_anchor SET root = head; UPDATE anchor SET root = head WHERE service = 'e-signature'");
        Assert.Equal(["ALTERED", "ANCHOR_ALTERED", "TIME_STAMP_INVALID"], await ProblemsAsync());
        await TamperAsync(fixture, "DELETE FROM anchor WHERE service = 'e-signature'");
        Assert.Contains("ANCHOR_UNKNOWN", await ProblemsAsync());
    }

    internal static async Task TamperAsync(SignatureFixture fixture, string sql)
    {
        await using var command = fixture.Service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SET session_replication_role = replica; " + sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task AnchorAsync() =>
        Assert.Equal(AnchorOutcome.Nothing, await fixture.Service.Services.GetRequiredService<EvidenceAnchorer>().RunAsync(Ct));

    private async Task<JsonElement> VerifyAsync()
    {
        using var auditor = fixture.Service.Client(fixture.Identity.Token(roles: [Roles.Auditor], unit: "22"));
        return await auditor.GetFromJsonAsync<JsonElement>("/api/v1/admin/evidence/e-signature/verification", Ct);
    }

    private async Task<List<string>> ProblemsAsync() =>
        [.. (await VerifyAsync()).GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("problem").GetString()!).Distinct().Order(StringComparer.Ordinal)];

    private async Task<long> CountAsync(string where)
    {
        await using var command = fixture.Service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM evidence WHERE " + where);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
