using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>What tests of papers do again and again.</summary>
internal static class PaperFlow
{
    public static readonly object Grounds = new { legalBasis = "Điều 19.8 Nghị định 61/2018/NĐ-CP", reason = "Thửa đất đang có tranh chấp" };

    /// <summary>A dossier that reception refused: one form, number 03.</summary>
    public static async Task<Guid> RefusedAtReceptionAsync(DossierFixture dossiers, HttpClient client, Guid? by = null)
    {
        var id = await SubmittedAsync(client, Free);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception, id: by), id, "refusal", Grounds));
        return id;
    }

    /// <summary>A dossier that was accepted, taken up and stopped: receipt, control slip, notice.</summary>
    public static async Task<Guid> StoppedAsync(DossierFixture dossiers, HttpClient client)
    {
        var id = await dossiers.ProcessingAsync(client);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "stop", Grounds));
        return id;
    }

    public static async Task<JsonElement> FormAsync(HttpClient client, Guid id, string kind) =>
        (await GetAsync(client, $"/api/v1/dossiers/{id}/forms")).EnumerateArray().Last(f => f.GetProperty("kind").GetString() == kind);

    public static async Task<JsonElement> PaperAsync(HttpClient client, Guid id, string kind) => (await FormAsync(client, id, kind)).GetProperty("paper");

    public static Task<JsonElement> SignedAsync(HttpClient client, Guid id, string kind) => Eventually.ValueAsync(
        () => PaperAsync(client, id, kind), p => p.GetProperty("status").GetString() == "SIGNED", $"form {kind} is sealed");

    public static Task<HttpResponseMessage> OpenAsync(HttpClient client, JsonElement paper) => client.GetAsync(paper.GetProperty("href").GetString(), Ct);

    public static async Task<byte[]> BytesAsync(HttpClient client, JsonElement paper)
    {
        using var answer = await OpenAsync(client, paper);
        Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }

    /// <summary>How many documents of a kind the dossier has.</summary>
    public static Task<int> CountAsync(DossierFixture dossiers, Guid id, string kind) =>
        dossiers.InDbAsync(db => db.Documents.CountAsync(d => d.DossierId == id && d.Kind == kind, Ct));

    /// <summary>The paper of a kind as the service keeps it.</summary>
    internal static Task<Dossiers.Domain.Lifecycle.FormPaper> RowAsync(DossierFixture dossiers, Guid id, string kind) =>
        dossiers.InDbAsync(db => db.FormPapers.AsNoTracking().SingleAsync(p => p.DossierId == id && p.Kind == kind, Ct));
}
