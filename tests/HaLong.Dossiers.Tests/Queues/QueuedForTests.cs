using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Queues;

/// <summary>What the database derives is what the program says.</summary>
public sealed class QueuedForTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateTimeOffset Never = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> States => [.. DossierStatus.All];

    [Theory]
    [MemberData(nameof(States))]
    public async Task In_every_state_the_database_waits_for_whom_the_program_waits(string status)
    {
        foreach (var play in Plays(status))
        {
            var stored = await StoredAsync(play.Dossier);
            var who = DossierStatus.Open.Contains(status) ? play.Dossier.WaitingFor : null;
            Assert.Equal((status, who), (status, stored.QueuedFor));
        }
    }

    [Fact]
    public async Task Fees_that_are_not_paid_are_waited_for_until_they_are_paid_or_lapse()
    {
        List<FeeItem> fees = [new("phi", "Phí", 1000, false)];
        var unpaid = new Play(fees).Must(Moves.Submit).Must(Moves.Accept).Must(Moves.Assign);
        Assert.Equal("payment", (await StoredAsync(unpaid.Dossier)).QueuedFor);
        Assert.Equal("officer", (await StoredAsync(unpaid.Must(Moves.LapsePayment).Dossier)).QueuedFor);
        var paid = new Play(fees).Must(Moves.Submit).Must(Moves.Pay).Must(Moves.Accept).Must(Moves.Assign);
        Assert.Equal("officer", (await StoredAsync(paid.Dossier)).QueuedFor);
        var free = new Play([new FeeItem("phi", "Miễn", 0, false)]).Must(Moves.Submit).Must(Moves.Accept).Must(Moves.Assign);
        Assert.Equal("officer", (await StoredAsync(free.Dossier)).QueuedFor);
    }

    [Fact]
    public async Task A_demand_that_lapsed_is_the_officers_again()
    {
        var play = Play.In(DossierStatus.WaitPayment);
        Assert.Equal("payment", (await StoredAsync(play.Dossier)).QueuedFor);
        play.Dossier.RecordLapse(play.Demand!, play.Now);
        Assert.Equal("officer", (await StoredAsync(play.Dossier)).QueuedFor);
    }

    [Fact]
    public async Task It_is_due_only_while_its_clock_runs()
    {
        foreach (var status in new[] { DossierStatus.Accepted, DossierStatus.Processing, DossierStatus.WaitOpinion })
        {
            var play = Play.In(status);
            Assert.Equal(play.Dossier.DueAt, (await StoredAsync(play.Dossier)).DueOrder);
        }

        foreach (var status in DossierStatus.All.Except([DossierStatus.Accepted, DossierStatus.Processing, DossierStatus.WaitOpinion]))
            Assert.Equal(Never, (await StoredAsync(Play.In(status).Dossier)).DueOrder);
    }

    private static IEnumerable<Play> Plays(string status)
    {
        yield return Play.In(status);
        if (status is DossierStatus.Processing or DossierStatus.Returned)
            yield return Play.In(status, signing: true);
        if (status == DossierStatus.Processing)
        {
            yield return Play.In(status, signing: true, signs: true);
            yield return Play.In(status, signing: true, signs: true).Must(Moves.MissSignature);
        }
        if (status is DossierStatus.Processing or DossierStatus.WaitOpinion or DossierStatus.SupplementProcessing)
            yield return Play.In(status, officer: false);
    }

    /// <summary>What the database makes of it: the columns that the derived ones look at are written over a filed dossier's.</summary>
    private async Task<(string? QueuedFor, DateTimeOffset DueOrder)> StoredAsync(Dossier d)
    {
        var id = await dossiers.PutAsync(QueueKit.NewUnit(), new
        {
            status = d.Status,
            fees = d.Fees.Select(f => new { kind = f.Kind, nameVi = f.NameVi, amount = f.Amount, assumed = f.Assumed }),
            approved_at = d.ApprovedAt,
            result_document_id = d.ResultDocumentId,
            correction_id = d.CorrectionId,
            officer_id = d.OfficerId,
            payment_status = d.PaymentStatus,
            open_demands = d.OpenDemands,
            due_at = d.DueAt,
        });
        return await dossiers.InDbAsync(async db =>
        {
            var row = await db.Dossiers.AsNoTracking().SingleAsync(x => x.Id == id, Ct);
            return (row.QueuedFor, row.DueOrder);
        });
    }
}
