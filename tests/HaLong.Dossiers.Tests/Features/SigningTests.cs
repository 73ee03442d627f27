using System.Security.Cryptography;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Papers;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

/// <summary>From the approval to the stored signature: the consumers WriteResult and SignResult.</summary>
public sealed class SigningTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_result_is_signed_with_the_services_own_token_and_kept_as_it_was_signed()
    {
        await using var ready = await dossiers.ListenAsync<DossierResultReady>();
        var client = dossiers.Citizen();
        var id = await dossiers.ResolvedAsync(client);
        var view = await ViewAsync(client, id);
        var resultId = view.GetProperty("resultDocumentId").GetGuid();
        var signed = Assert.Single(dossiers.Neighbours.Answers[resultId.ToString()]);
        Assert.Equal(signed, await client.GetByteArrayAsync($"/api/v1/dossiers/{id}/documents/{resultId}", Ct));
        await Eventually.Async(() => Task.FromResult(ready.Heard.Any(e => e.DossierId == id)), "DossierResultReady is heard");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(signed)), ready.Heard.Single(e => e.DossierId == id).ResultSha256);

        var request = dossiers.Neighbours.SignRequests.Single(r => r.DocumentId == resultId.ToString());
        Assert.Equal((Unit, view.GetProperty("approval").GetProperty("approverId").GetGuid().ToString()), (request.UnitCode, request.SignerId));
        Assert.All(dossiers.Neighbours.SignTokens, t => Assert.StartsWith("Bearer ", t, StringComparison.Ordinal));
        Assert.DoesNotContain(view.GetProperty("documents").EnumerateArray(), d => d.GetProperty("kind").GetString() == "unsignedResult");
        var hidden = await dossiers.InDbAsync(db => db.Documents.Where(d => d.DossierId == id && d.Kind == DocumentKind.UnsignedResult).Select(d => d.Id).SingleAsync(Ct));
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/documents/{hidden}", Ct), 404, "DOS-0011");
    }

    [Fact]
    public async Task While_the_signing_service_is_down_the_dossier_waits_visibly_and_is_signed_when_it_is_back()
    {
        await using var ready = await dossiers.ListenAsync<DossierResultReady>();
        var client = dossiers.Citizen();
        dossiers.Neighbours.SignatureDown = true;
        Guid id;
        try
        {
            id = await dossiers.ApprovedAsync(client);
            var waiting = await WaitForAsync(client, id, d => d.GetProperty("signingAttempts").GetInt32() >= 2, "two attempts failed");
            Assert.Equal(("PROCESSING", "signature"), (waiting.GetProperty("status").GetString(), waiting.GetProperty("waitingFor").GetProperty("who").GetString()));
            await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "return"), 409, "DOS-0008");
            Assert.Equal(System.Text.Json.JsonValueKind.Null, waiting.GetProperty("resultDocumentId").ValueKind);
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        var view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed after all");
        var attempts = dossiers.Neighbours.SignRequests.Where(r => r.DocumentId == view.GetProperty("resultDocumentId").GetString()).ToList();
        Assert.True(attempts.Count >= 3);
        Assert.Single(attempts.Select(r => Convert.ToHexString(SHA256.HashData(r.Pdf.Span))).Distinct());
        await Eventually.Async(() => Task.FromResult(ready.Heard.Any(e => e.DossierId == id)), "DossierResultReady is heard");
        Assert.Single(ready.Heard, e => e.DossierId == id);
    }

    [Fact]
    public async Task Approval_told_twice_and_signing_due_many_times_make_one_result()
    {
        await using var approved = await dossiers.ListenAsync<DossierApproved>();
        await using var ready = await dossiers.ListenAsync<DossierResultReady>();
        var client = dossiers.Citizen();
        var id = await dossiers.ApprovedAsync(client);
        await Eventually.Async(() => Task.FromResult(approved.Heard.Any(e => e.DossierId == id)), "DossierApproved is heard");
        var fact = approved.Heard.First(e => e.DossierId == id);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => dossiers.Factory.PublishAsync(fact)));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => dossiers.Factory.PublishAsync(new ResultSigningDue(id, 1))));
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed");
        var other = await dossiers.ResolvedAsync(client);
        await Eventually.Async(() => Task.FromResult(ready.Heard.Any(e => e.DossierId == other)), "later facts are heard");
        Assert.Single(ready.Heard, e => e.DossierId == id);
        Assert.Equal(2, await dossiers.InDbAsync(db => db.Documents.CountAsync(d => d.DossierId == id && (d.Kind == DocumentKind.Result || d.Kind == DocumentKind.UnsignedResult), Ct)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(7, 60)]
    [InlineData(1000, 60)]
    public void Pauses_between_attempts_double_up_to_a_minute(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Sealing.PauseAfter(attempt, TimeSpan.FromSeconds(1)));
}
