using System.Text.Json.Nodes;
using HaLong.Dossiers.NationalPortal;
using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.NationalPortal.Sending;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>What is sent, in which order, and what becomes of each fault.</summary>
public sealed class SendingTests(PortalFixture city) : IClassFixture<PortalFixture>, IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        // Each test begins with a portal that works, and a circuit that has forgotten the last one's faults.
        city.Lab.Faults = new PortalFaults();
        city.Later(TimeSpan.FromHours(2));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        city.Lab.Faults = new PortalFaults();
        await city.SettleAsync();
    }

    [Fact]
    public async Task Filing_marks_and_a_round_tells_the_dossier_and_then_its_steps_in_order()
    {
        var id = await city.Stuck.MakeAsync("UNASSIGNED");
        var before = await city.RowAsync(id);
        Assert.Equal((LedgerState.Pending, (short)4, before.Steps), (before.State, before.OurStatus, before.Steps));
        Assert.NotNull(before.PendingSince);

        await city.SendAsync();

        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Acknowledged, row.OurHash, row.Steps), (row.State, row.SentHash, row.SentSteps));
        Assert.Null(row.PendingSince);
        Assert.NotNull(row.ReceptionAcknowledgedAt);
        Assert.Null(row.ResultAcknowledgedAt);
        Assert.Equal((4, row.OurHash), city.Lab.Find(row.Code)!.Value);
        var effects = city.Lab.EffectsOf(row.Code);
        Assert.Equal(["dossier", .. Enumerable.Repeat("progress", row.Steps)], effects.Select(e => e.Kind));
        Assert.Equal([1, 2, 4], effects.Where(e => e.Kind == "progress").Select(e => e.Status));
    }

    [Fact]
    public async Task A_change_tells_the_newest_state_once_and_no_change_tells_nothing()
    {
        var (id, code) = await city.KnownAsync();
        await city.ChangeAsync(id, "Lần một");
        await city.ChangeAsync(id, "Lần hai");
        await city.SendAsync();
        Assert.Equal(2, city.Lab.EffectsOf(code).Count(e => e.Kind == "dossier"));
        Assert.Equal("Lần hai", JsonNode.Parse(city.Lab.Received.Last(r => r.Body.Contains(code,
            StringComparison.Ordinal)).Body)!["TrichYeuHoSo"]!.GetValue<string>());

        await city.ChangeAsync(id, "Lần ba");
        await city.ChangeAsync(id, "Lần hai");
        await city.SendAsync();
        Assert.Equal(2, city.Lab.EffectsOf(code).Count(e => e.Kind == "dossier"));
        Assert.Equal(LedgerState.Acknowledged, (await city.RowAsync(id)).State);
    }

    [Fact]
    public async Task A_draft_is_nobodys_business_there()
    {
        var id = await city.Stuck.MakeAsync("DRAFT");
        Assert.False(await city.InDbAsync(db => Task.FromResult(db.Set<LedgerEntry>().Any(l => l.DossierId == id))));
    }

    [Fact]
    public async Task The_result_is_acknowledged_with_its_state()
    {
        var (id, _) = await city.KnownAsync("HAND_OVER");
        var row = await city.RowAsync(id);
        Assert.Equal((short)9, row.SentStatus);
        Assert.NotNull(row.ResultAcknowledgedAt);
        Assert.NotNull(row.ResolvedOn);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_about_and_nothing_is_sent_twice()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        city.Lab.Faults.LoseAnswer = 1;
        await city.SendAsync();
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Sent, "answerLost"), (row.State, row.LastError));
        city.Lab.Faults = new PortalFaults();

        await city.SettleAsync();

        Assert.Contains(row.MessageId!.Value, city.Lab.Asked);
        Assert.Equal(LedgerState.Acknowledged, (await city.RowAsync(id)).State);
        Assert.Single(city.Lab.EffectsOf(row.Code), e => e.Kind == "dossier");
        Assert.Single(city.Lab.Received, r => r.Id == row.MessageId);
    }

    [Fact]
    public async Task A_change_while_the_answer_was_lost_is_told_with_a_new_message()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        city.Lab.Faults.LoseAnswer = 1;
        await city.SendAsync();
        city.Lab.Faults = new PortalFaults();
        await city.ChangeAsync(id, "Đổi trong lúc chờ");
        Assert.Equal(LedgerState.Sent, (await city.RowAsync(id)).State);

        await city.SettleAsync();

        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Acknowledged, (1, row.OurHash)), (row.State, city.Lab.Find(row.Code)!.Value));
        Assert.Equal(2, city.Lab.EffectsOf(row.Code).Where(e => e.Kind == "dossier").Select(e => e.Message).Distinct().Count());
    }

    [Fact]
    public async Task An_error_inside_is_asked_about_and_then_sent_again_under_the_same_id()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        city.Lab.Faults.Break = 1;
        await city.SendAsync();
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Sent, "status500"), (row.State, row.LastError));
        city.Lab.Faults = new PortalFaults();

        await city.SettleAsync();

        Assert.Contains(row.MessageId!.Value, city.Lab.Asked);
        Assert.Equal(row.MessageId, Assert.Single(city.Lab.EffectsOf(row.Code), e => e.Kind == "dossier").Message);
    }

    [Fact]
    public async Task A_message_that_comes_in_twice_has_one_effect()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        city.Lab.Faults.Duplicate = 1;
        await city.SendAsync();
        var row = await city.RowAsync(id);
        Assert.Equal(LedgerState.Acknowledged, row.State);
        Assert.Equal(["dossier", "progress"], city.Lab.EffectsOf(row.Code).Select(e => e.Kind));
    }

    [Fact]
    public async Task A_rejected_dossier_is_a_task_with_the_portals_code_and_goes_again_when_it_changes()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        city.Lab.Faults.Reject = 1;
        await city.SendAsync();
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Rejected, "4002"), (row.State, row.LastError));
        Assert.Null(row.NextTryAt);
        Assert.Null(row.SentHash);
        city.Lab.Faults = new PortalFaults();
        await city.SettleAsync();
        Assert.Equal(LedgerState.Rejected, (await city.RowAsync(id)).State);

        await city.ChangeAsync(id, "Đã bổ sung");
        await city.SendAsync();
        Assert.Equal(LedgerState.Acknowledged, (await city.RowAsync(id)).State);
    }

    [Fact]
    public async Task While_the_portal_is_down_no_attempt_is_lost_and_afterwards_all_is_told()
    {
        List<Guid> ids = [];
        for (var i = 0; i < 12; i++)
            ids.Add(await city.Stuck.MakeAsync("CHECK"));
        city.Lab.Faults.Down = true;
        await city.SendAsync();
        var circuit = city.City.Services.GetRequiredService<PortalCircuit>();
        Assert.Equal(CircuitState.Open, circuit.State);
        Assert.True(circuit.Reason is "noToken" or "status503", circuit.Reason);
        foreach (var id in ids)
            Assert.Equal(0, (await city.RowAsync(id)).Attempts);
        Assert.Equal(0, await city.SendAsync());

        // Half open: one message tries, the others are left alone.
        city.Later(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await city.SendAsync());
        city.Lab.Faults = new PortalFaults();
        city.Later(TimeSpan.FromMinutes(20));
        await city.SettleAsync();
        foreach (var id in ids)
            Assert.Equal(LedgerState.Acknowledged, (await city.RowAsync(id)).State);
        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public async Task Too_many_is_answered_with_the_pause_that_the_portal_wishes()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        city.Lab.Faults.TooMany = 1;
        await city.SendAsync();
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Pending, "tooMany", 0), (row.State, row.LastError, row.Attempts));
        Assert.InRange((row.NextTryAt!.Value - city.Clock.GetUtcNow()).TotalSeconds, -30, 1.5);
        city.Lab.Faults = new PortalFaults();
        await city.SettleAsync();
        Assert.Equal(row.MessageId, Assert.Single(city.Lab.EffectsOf(row.Code), e => e.Kind == "dossier").Message);
    }

    [Fact]
    public async Task A_slow_portal_is_given_up_in_time_and_asked()
    {
        await using var own = await city.NewCity().WithSetting("NationalPortal:Timeout", "00:00:00.300").StartAsync(waitForBus: false);
        var id = await new Watchdog.Stuck(own).MakeAsync("CHECK");
        city.Lab.Faults.Slow = TimeSpan.FromSeconds(20);
        await city.SendAsync(own);
        var row = await own.InScopeAsync<Persistence.DossierDbContext,
            LedgerEntry>(db => Task.FromResult(db.Set<LedgerEntry>().Single(l => l.DossierId == id)));
        Assert.Equal(LedgerState.Sent, row.State);
        city.Lab.Faults = new PortalFaults();
        await city.SettleAsync(own);
        Assert.NotNull(city.Lab.Find(row.Code));
    }

    [Fact]
    public async Task An_expired_token_is_renewed_and_the_message_arrives()
    {
        var (id, code) = await city.KnownAsync();
        var given = city.Lab.TokensGiven;
        city.Lab.ExpireTokens();
        await city.ChangeAsync(id, "Sau khi hết hạn");
        await city.SendAsync();
        Assert.Equal(given + 1, city.Lab.TokensGiven);
        Assert.Equal(2, city.Lab.EffectsOf(code).Count(e => e.Kind == "dossier"));
    }

    [Fact]
    public async Task Delayed_application_makes_steps_wait_for_the_dossier()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        city.Lab.Faults.Delay = true;
        await city.SendAsync();
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerMessage.Progress, "4041"), (row.Message, row.LastError));
        city.Lab.Faults = new PortalFaults();
        city.Lab.Flush();
        await city.SettleAsync();
        Assert.Equal(["dossier", "progress"], city.Lab.EffectsOf(row.Code).Select(e => e.Kind));
    }

    [Fact]
    public async Task A_dossier_that_got_lost_is_told_again_when_a_step_finds_out()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        city.Lab.Faults.Drop = 1;
        await city.SendAsync();
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Pending, "4041"), (row.State, row.LastError));
        Assert.Null(city.Lab.Find(row.Code));
        city.Lab.Faults = new PortalFaults();
        await city.SettleAsync();
        row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Acknowledged, (1, row.OurHash)), (row.State, city.Lab.Find(row.Code)!.Value));
    }

    [Fact]
    public async Task A_new_document_of_a_filed_dossier_marks_it()
    {
        var (id, code) = await city.KnownAsync();
        await city.InDbAsync(async db =>
        {
            db.Documents.Add(new Dossiers.Domain.DossierDocument
            {
                Id = Guid.CreateVersion7(),
                DossierId = id,
                Kind = Dossiers.Domain.DocumentKind.Component,
                Component = 1,
                FileName = "them.pdf",
                MediaType = "application/pdf",
                Sha256 = "ab",
                CreatedAt = TimeProvider.System.GetUtcNow(),
            });
            return await db.SaveChangesAsync(Ct);
        });
        Assert.Equal(LedgerState.Pending, (await city.RowAsync(id)).State);
        await city.SendAsync();
        Assert.Contains(city.Lab.Received, r => r.Body.Contains(code, StringComparison.Ordinal) && r.Body.Contains("them.pdf", StringComparison.Ordinal));
    }
}
