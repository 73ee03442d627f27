using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class OutageTests(DossierFixture dossiers) : IClassFixture<DossierFixture>, IDisposable
{
    /// <summary>A unit that nobody asked for yet: the cache may outlive a run of the tests.</summary>
    private readonly string unit = "06" + Guid.CreateVersion7().ToString("N")[^12..];

    public void Dispose() => dossiers.Neighbours.IdentityDown = false;

    [Fact]
    public async Task With_identity_down_a_new_unit_cannot_be_checked_and_the_answer_says_when_to_come_back()
    {
        dossiers.Neighbours.IdentityDown = true;
        using var answer = await OpenRawAsync(unit);
        await RefusedAsync(answer, 503, "DOS-0010");
        Assert.NotNull(answer.Headers.RetryAfter);
        dossiers.Neighbours.IdentityDown = false;
        await BodyAsync(await OpenRawAsync(unit), HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_unit_that_is_known_already_does_not_feel_the_outage()
    {
        await BodyAsync(await OpenRawAsync(unit), HttpStatusCode.Created);
        dossiers.Neighbours.IdentityDown = true;
        await BodyAsync(await OpenRawAsync(unit), HttpStatusCode.Created);
    }

    [Fact]
    public async Task Units_are_asked_for_once_and_unknown_ones_are_not_remembered()
    {
        await BodyAsync(await OpenRawAsync(unit), HttpStatusCode.Created);
        var before = dossiers.Neighbours.UnitCalls;
        for (var i = 0; i < 5; i++)
            await BodyAsync(await OpenRawAsync(unit), HttpStatusCode.Created);
        Assert.Equal(before, dossiers.Neighbours.UnitCalls);
        await RefusedAsync(await OpenRawAsync("99999"), 400, "DOS-0004");
        await RefusedAsync(await OpenRawAsync("99999"), 400, "DOS-0004");
        Assert.Equal(before + 2, dossiers.Neighbours.UnitCalls);
    }

    [Fact]
    public async Task With_identity_down_filing_with_a_unit_that_must_be_asked_for_is_refused_for_now_and_the_draft_is_kept()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client, unit: unit);
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.UnitCode, "06" + unit[..^1]), Ct));
        dossiers.Neighbours.IdentityDown = true;
        using var answer = await PostAsync(client, id, "submission");
        await RefusedAsync(answer, 503, "DOS-0010");
        Assert.NotNull(answer.Headers.RetryAfter);
        var draft = await ViewAsync(client, id);
        Assert.Equal(("DRAFT", 1), (draft.GetProperty("status").GetString(), draft.GetProperty("documents").GetArrayLength()));
    }

    [Fact]
    public async Task Filing_needs_neither_identity_nor_e_signature_nor_payment_once_the_unit_is_known()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client, unit: unit);
        dossiers.Neighbours.IdentityDown = dossiers.Neighbours.SignatureDown = true;
        try
        {
            var view = await BodyAsync(await PostAsync(client, id, "submission"));
            Assert.Equal("SUBMITTED", view.GetProperty("status").GetString());
            Assert.StartsWith("ey", (await GetAsync(client, $"/api/v1/dossiers/{id}/submission-receipt")).GetProperty("jws").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
    }

    [Fact]
    public async Task A_refused_opening_leaves_its_key_free()
    {
        dossiers.Neighbours.IdentityDown = true;
        await RefusedAsync(await OpenRawAsync(unit, "retry-1"), 503, "DOS-0010");
        dossiers.Neighbours.IdentityDown = false;
        await BodyAsync(await OpenRawAsync(unit, "retry-1"), HttpStatusCode.Created);
    }

    [Fact]
    public async Task Giving_a_dossier_to_a_colleague_needs_identity_but_taking_it_oneself_does_not()
    {
        var id = await dossiers.AcceptedAsync(dossiers.Citizen(), Free);
        dossiers.Neighbours.IdentityDown = true;
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "assignment", new { officerId = Guid.CreateVersion7() }), 503, "DOS-0010");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "assignment"));
    }

    [Fact]
    public async Task Redis_down_is_not_felt()
    {
        await using var own = await dossiers.NewFactory().WithSetting("ConnectionStrings:cache", "127.0.0.1:1,abortConnect=false").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token());
        var id = await DraftAsync(client);
        await BodyAsync(await PostAsync(client, id, "submission"));
    }

    [Fact]
    public async Task With_the_broker_down_filing_still_works_and_the_event_follows_when_it_is_back()
    {
        await using var proxy = TcpProxy.Start(new Uri(dossiers.Factory.Broker));
        await using var own = await dossiers.NewFactory().WithBroker(proxy.Url).StartAsync();
        await using var submitted = await Listener.StartAsync<DossierSubmitted>(new Uri(dossiers.Factory.Broker));
        proxy.Cut();
        var client = own.Client(dossiers.Identity.Token());
        var id = await DraftAsync(client);
        await BodyAsync(await PostAsync(client, id, "submission"));
        proxy.Mend();
        await Eventually.Async(() => Task.FromResult(submitted.Heard.Any(e => e.DossierId == id)), "the event arrives after the outage", TimeSpan.FromSeconds(90));
    }

    private async Task<HttpResponseMessage> OpenRawAsync(string unitCode, string? key = null)
    {
        var client = dossiers.Citizen(key is null ? null : Guid.Parse("01900000-0000-7000-8000-000000000001"));
        if (key is not null)
            client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        return await client.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = Land, unitCode, subject = "x" }, Ct);
    }
}
