using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Fees;

/// <summary>Claims, reviews and waivers on the aggregate.</summary>
public sealed class FeeClaimStateTests
{
    private static readonly FeeBasis Basis = new("atFiling", new DateOnly(2026, 11, 23), 2, [new FeeTerm("phi", "Phí", null, 150_000, 1, "mỗi lần", true)], [new FeeClaim("disabled", [Guid.CreateVersion7()])]);

    [Fact]
    public void Claims_are_made_in_a_draft_only()
    {
        foreach (var status in DossierStatus.All.Except([DossierStatus.Draft]))
            Assert.Equal("DOS-0008", Play.In(status).Dossier.Claim([], Play.Start).Error.Code);
        var draft = Play.In(DossierStatus.Draft).Dossier;
        Assert.True(draft.Claim([new FeeClaim("merit", [])], Play.Start.AddHours(1)).IsSuccess);
        Assert.Equal(("merit", Play.Start.AddHours(1)), (Assert.Single(draft.FeeClaims).Category, draft.UpdatedAt));
    }

    [Fact]
    public void Filing_tells_what_the_fees_are_quoted_from()
    {
        var play = Filed();
        Assert.Same(Basis, Assert.Single(play.Facts.OfType<DossierSubmitted>()).Basis);
        Assert.Equal("disabled", Assert.Single(play.Dossier.FeeClaims).Category);
    }

    [Fact]
    public void A_claim_that_counts_must_be_reviewed_before_the_approval()
    {
        var play = InHand();
        Assert.True(play.Dossier.RecordWaiver(play.Now));
        Assert.Equal("DOS-0743", play.Do(Moves.Approve, Play.As(Roles.Approver)).Error.Code);
        Assert.True(Review(play, true).IsSuccess);
        Assert.True(play.Do(Moves.Approve, Play.As(Roles.Approver)).IsSuccess);
    }

    [Fact]
    public void A_review_is_made_once_about_what_was_claimed_and_proven()
    {
        var play = InHand();
        Assert.Equal("DOS-0740", play.Dossier.ReviewClaim(Play.As(Roles.Officer), new ClaimReview("merit", true, null), play.Now).Error.Code);
        Assert.True(Review(play, true).IsSuccess);
        Assert.Equal("DOS-0741", Review(play, false).Error.Code);
        Assert.True(Assert.Single(play.Dossier.FeeClaims).Accepted);
        // The claim of every play is not proven.
        Assert.Equal("DOS-0742", Play.In(DossierStatus.Processing).Dossier.ReviewClaim(Play.As(Roles.Officer), new ClaimReview("disabled", true, null), play.Now).Error.Code);
    }

    [Fact]
    public void A_refusal_demands_the_difference_and_the_clock_stands()
    {
        var play = InHand();
        var done = Review(play, false, new FeeItem("phi", "Phí", 150_000, true));
        Assert.True(done.IsSuccess);
        play.Do(Moves.Note, Play.As(Roles.Officer));
        Assert.Equal((DossierStatus.WaitPayment, 1), (play.Dossier.Status, play.Dossier.OpenDemands));
        Assert.Equal((150_000, false), (play.Demand!.Amount, play.Demand.CoversFiling));
        var due = Assert.Single(play.Facts.OfType<DossierFeeDue>());
        Assert.Equal((150_000, null), (Assert.Single(due.Fees).Amount, due.Basis));
        Assert.Equal([Moves.ReviewClaim, Moves.RequireFee], play.Steps.TakeLast(3).Take(2).Select(s => s.Action));
        Assert.Equal(ClockEffect.Pause, play.Clock[^1].Effect);
    }

    [Fact]
    public void A_waiver_releases_the_dossier_from_waiting_once_and_messages_may_come_in_any_order()
    {
        var play = InHand();
        Assert.Equal("payment", play.Dossier.WaitingFor);
        Assert.True(play.Dossier.RecordWaiver(play.Now));
        Assert.Equal(("officer", true, 0L, PaymentStatus.Waived), (play.Dossier.WaitingFor, play.Dossier.FeesPaid, play.Dossier.FeeTotal, play.Dossier.PaymentStatus));
        Assert.False(play.Dossier.RecordWaiver(play.Now));
        Assert.False(play.Dossier.RecordPaymentRequest(Guid.CreateVersion7(), 1, play.Now));
        Assert.False(play.Dossier.RecordLapse(Guid.CreateVersion7(), play.Now));
        var (facts, steps, _) = play.Dossier.TakeChanges();
        Assert.Equal((Moves.WaiveFee, "system"), (Assert.Single(steps).Action, steps[0].ActorRole));
        Assert.Empty(facts);
    }

    [Fact]
    public void Money_that_is_asked_for_is_not_waived_and_a_draft_knows_of_no_waiver()
    {
        var play = InHand().Must(Moves.RequestPayment);
        Assert.False(play.Dossier.RecordWaiver(play.Now));
        Assert.False(Play.In(DossierStatus.Draft).Dossier.RecordWaiver(Play.Start));
    }

    [Fact]
    public void A_waived_demand_lets_the_handling_go_on_without_being_told_to_be_paid()
    {
        var play = Play.In(DossierStatus.WaitPayment).Must(Moves.RequireFee);
        var demands = play.Records.OfType<FeeDemand>().ToList();
        Assert.True(play.Dossier.RecordWaiver(demands[0], play.Now));
        Assert.False(play.Dossier.RecordWaiver(demands[0], play.Now));
        Assert.Equal((DossierStatus.WaitPayment, FeeDemandState.Waived), (play.Dossier.Status, demands[0].State));
        Assert.True(play.Dossier.RecordWaiver(demands[1], play.Now));
        Assert.Equal((DossierStatus.Processing, 0), (play.Dossier.Status, play.Dossier.OpenDemands));
        Assert.Empty(play.Dossier.TakeChanges().Facts);

        var stopped = Play.In(DossierStatus.WaitPayment);
        var late = stopped.Demand!;
        stopped.Must(Moves.Stop);
        Assert.True(stopped.Dossier.RecordWaiver(late, stopped.Now));
        Assert.Equal(DossierStatus.Stopped, stopped.Dossier.Status);
    }

    [Fact]
    public void Fees_of_the_filing_demanded_again_are_quoted_as_they_were_filed_at_the_amount_that_lapsed()
    {
        var play = InHand();
        play.Dossier.RecordPaymentRequest(Guid.CreateVersion7(), 75_000, play.Now);
        play.Must(Moves.LapsePayment);
        Assert.True(play.Dossier.RequireFee(Play.As(Roles.Officer), new FeeAsk([], "Hết hạn", null, play.Now.AddDays(9)), play.Now).IsSuccess);
        play.Do(Moves.Note, Play.As(Roles.Officer));
        Assert.Equal((75_000, true), (play.Demand!.Amount, play.Demand.CoversFiling));
        Assert.Same(Basis, Assert.Single(play.Facts.OfType<DossierFeeDue>()).Basis);
    }

    private static Play Filed()
    {
        var play = new Play([new FeeItem("phi", "Phí", 150_000, true)]);
        play.Dossier.QuoteFrom(Basis);
        return play.Must(Moves.Submit);
    }

    private static Play InHand() => Filed().Must(Moves.Accept).Must(Moves.Assign);

    private static Result Review(Play play, bool accepted, params FeeItem[] difference) => play.Dossier.ReviewClaim(
        Play.As(Roles.Officer), new ClaimReview("disabled", accepted, accepted ? null : new FeeAsk([.. difference], "Giấy hết hạn", null, play.Now.AddDays(15))), play.Now);
}
