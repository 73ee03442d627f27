using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Domain.Lifecycle;

namespace HaLong.Dossiers.Tests.Model;

/// <summary>Messages of payment and e-signature in every order, some of them twice: the end is the same, and nothing is counted twice.</summary>
public sealed class ReorderedMessagesTests
{
    private static readonly Guid Payment = Guid.CreateVersion7(), Other = Guid.CreateVersion7();

    [Fact]
    public void Fees_of_the_filing_end_paid_once_whatever_the_order()
    {
        Action<Dossier>[] messages =
        [
            d => d.RecordPaymentRequest(Payment, 150_000, Play.Start), d => d.RecordPaymentRequest(Payment, 150_000, Play.Start),
            d => d.RecordPayment(Payment, 150_000, Play.Start), d => d.RecordPayment(Payment, 150_000, Play.Start), d => d.RecordLapse(Payment, Play.Start),
        ];
        foreach (var order in Orders(messages))
        {
            var play = Play.In(DossierStatus.Submitted);
            Tell(play, order);
            Assert.Equal((PaymentStatus.Settled, 150_000L, Payment), (play.Dossier.PaymentStatus, play.Dossier.PaidAmount, play.Dossier.PaymentId));
            Assert.Equal(2, Assert.Single(play.Facts.OfType<DossierFeePaid>()).Sequence);
            Assert.Equal(DossierStatus.Submitted, play.Dossier.Status);
        }
    }

    [Fact]
    public void Of_two_payment_requests_the_first_one_heard_of_counts()
    {
        Action<Dossier>[] messages =
        [
            d => d.RecordPaymentRequest(Payment, 150_000, Play.Start), d => d.RecordPayment(Payment, 150_000, Play.Start),
            d => d.RecordPaymentRequest(Other, 150_000, Play.Start), d => d.RecordPayment(Other, 150_000, Play.Start),
        ];
        foreach (var order in Orders(messages))
        {
            var play = Play.In(DossierStatus.Submitted);
            Tell(play, order);
            var first = order[0] == messages[0] || order[0] == messages[1] ? Payment : Other;
            Assert.Equal((first, PaymentStatus.Settled, 150_000L), (play.Dossier.PaymentId, play.Dossier.PaymentStatus, play.Dossier.PaidAmount));
            Assert.Single(play.Facts.OfType<DossierFeePaid>());
        }
    }

    [Fact]
    public void Two_demands_paid_in_any_order_let_the_handling_go_on_once()
    {
        for (var number = 0; number < 120; number++)
        {
            var play = Play.In(DossierStatus.WaitPayment).Must(Moves.RequireFee);
            var demands = play.Records.OfType<FeeDemand>().ToList();
            Action<Dossier>[] messages =
            [
                d => d.RecordPayment(demands[0], Payment, 500_000, play.Now), d => d.RecordPayment(demands[0], Payment, 500_000, play.Now),
                d => d.RecordLapse(demands[0], play.Now), d => d.RecordPayment(demands[1], Other, 500_000, play.Now), _ => demands[1].Requested(Other),
            ];
            Tell(play, Orders(messages)[number]);
            Assert.Equal((DossierStatus.Processing, 0, 1_000_000L), (play.Dossier.Status, play.Dossier.OpenDemands, play.Dossier.PaidAmount));
            Assert.All(demands, d => Assert.Equal(FeeDemandState.Settled, d.State));
            Assert.Equal(2, play.Facts.OfType<DossierFeePaid>().Count());
            Assert.Equal(["Start", "Pause", "Resume"], play.Clock.Select(c => c.Effect.ToString()));
        }
    }

    [Fact]
    public void Money_that_comes_while_the_applicant_withdraws_is_counted_and_never_wakes_the_dossier()
    {
        for (var number = 0; number < 24; number++)
        {
            var play = Play.In(DossierStatus.WaitPayment);
            var demand = play.Demand!;
            Action<Dossier>[] messages =
            [
                d => d.RecordPayment(demand, Payment, 500_000, play.Now), d => d.RecordPayment(demand, Payment, 500_000, play.Now),
                d => d.RecordPayment(Other, 150_000, play.Now), d => Assert.True(d.Withdraw(Play.As("citizen"), "Thôi", "review", play.Now).IsSuccess),
            ];
            Tell(play, Orders(messages)[number]);
            Assert.Equal((DossierStatus.Withdrawn, 650_000L), (play.Dossier.Status, play.Dossier.PaidAmount));
            // What the withdrawal tells as paid and what is told after it are all there is.
            var withdrawn = Assert.Single(play.Facts.OfType<DossierWithdrawn>());
            var after = play.Facts.OfType<DossierFeePaid>().Where(f => f.Sequence > withdrawn.Sequence).Sum(f => f.Amount);
            Assert.Equal(650_000, withdrawn.PaidAmount + after);
        }
    }

    [Fact]
    public void A_signature_counts_after_a_decision_only_and_once()
    {
        string[] moves = [Moves.Approve, Moves.Resolve, Moves.Resolve, Moves.Receive, Moves.Receive];
        foreach (var order in Orders(moves))
        {
            var play = Play.In(DossierStatus.Processing);
            foreach (var move in order)
                play.Do(move, Play.As(move == Moves.Approve ? "approver" : "system"));
            var decided = Array.IndexOf(order, Moves.Approve);
            var signed = Array.IndexOf(order, Moves.Resolve, decided);
            var received = signed < 0 ? -1 : Array.IndexOf(order, Moves.Receive, signed);
            Assert.Equal(received >= 0 ? DossierStatus.Returned : signed >= 0 ? DossierStatus.Resolved : DossierStatus.Processing, play.Dossier.Status);
            Assert.Equal((signed >= 0 ? 1 : 0, received >= 0 ? 1 : 0), (play.Facts.OfType<DossierResultReady>().Count(), play.Facts.OfType<DossierReturned>().Count()));
            CheckNumbers(play);
        }
    }

    private static void Tell(Play play, IEnumerable<Action<Dossier>> messages)
    {
        foreach (var message in messages)
        {
            message(play.Dossier);
            var (facts, steps, clock) = play.Dossier.TakeChanges();
            play.Facts.AddRange(facts);
            play.Steps.AddRange(steps);
            play.Clock.AddRange(clock);
        }
        CheckNumbers(play);
    }

    private static void CheckNumbers(Play play)
    {
        Assert.Equal(Enumerable.Range(1, play.Facts.Count).Select(n => (long)n), play.Facts.Select(f => (long)f.GetType().GetProperty("Sequence")!.GetValue(f)!));
        Assert.Equal(play.Dossier.Status, play.Steps[^1].ToStatus);
        Assert.Equal(Enumerable.Range(1, play.Steps.Count), play.Steps.Select(s => s.Step));
    }

    /// <summary>Every order of some things.</summary>
    private static List<T[]> Orders<T>(T[] things)
    {
        if (things.Length < 2)
            return [things];
        var orders = new List<T[]>();
        for (var i = 0; i < things.Length; i++)
            orders.AddRange(Orders<T>([.. things[..i], .. things[(i + 1)..]]).Select(rest => (T[])[things[i], .. rest]));
        return orders;
    }
}
