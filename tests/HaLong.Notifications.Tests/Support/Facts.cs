using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Contracts.Events;

namespace HaLong.Notifications.Tests.Support;

/// <summary>One dossier's facts as its neighbours publish them.</summary>
internal sealed class Facts(Guid owner)
{
    public static readonly DateTimeOffset At = new(2026, 11, 23, 2, 15, 0, TimeSpan.Zero);
    public const string Procedure = "1.013978";
    public const string Unit = "06658";

    public Guid Dossier { get; } = Guid.CreateVersion7();

    public string Code { get; } = "000.00.01.H49-261123-" + Random.Shared.Next(1000, 9999).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public Guid Payment { get; } = Guid.CreateVersion7();

    public Guid Result { get; } = Guid.CreateVersion7();

    public Guid Person { get; } = Guid.CreateVersion7();

    public DossierSubmitted Submitted(long sequence = 1) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, Person, "online", [new FeeItem("lePhi", "Lệ phí", 150000, true)]);

    public DossierFeePaid FeePaid(long sequence = 2) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, Payment, 150000);

    public DossierAccepted Accepted(long sequence = 3) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, At.AddDays(10));

    public DossierDeadlineChanged DeadlineChanged(long sequence = 8) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, At.AddDays(10), At.AddDays(11), "calendar");

    public DossierProcessingStarted ProcessingStarted(long sequence = 4) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, Person);

    public DossierApproved Approved(long sequence = 5) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, Person, Result);

    public DossierResultReady ResultReady(long sequence = 6) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, Result, new string('a', 64));

    public DossierReturned Returned(long sequence = 7) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, Result);

    public DossierSupplementRequested SupplementRequested(long sequence = 1) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, "PROCESSING", 1, 2, At.AddDays(7));

    public DossierSupplemented Supplemented(long sequence = 2) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, "PROCESSING", 1, At.AddDays(12));

    public DossierNotAccepted NotAccepted(long sequence = 3) => new(Dossier, Code, sequence, At, Procedure, Unit, owner);

    public DossierRefused Refused(long sequence = 4) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, Person, Result);

    public DossierStopped Stopped(long sequence = 5) => new(Dossier, Code, sequence, At, Procedure, Unit, owner);

    public DossierWithdrawn Withdrawn(long sequence = 6) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, "PROCESSING", 150000, "refund");

    public DossierFeeDue FeeDue(long sequence = 7) =>
        new(Dossier, Code, sequence, At, Procedure, Unit, owner, Person, "online", Payment, 1, [new FeeItem("duty", "Thuế", 900000, false)], At.AddDays(15));

    public DossierDeadlineExtended DeadlineExtended(long sequence = 8) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, At.AddDays(2), At.AddDays(9));

    public DossierResultCorrected ResultCorrected(long sequence = 9) => new(Dossier, Code, sequence, At, Procedure, Unit, owner, Payment, Result, new string('b', 64));

    public DossierOverdue Overdue(long sequence = 10, bool again = false) =>
        new(Dossier, Code, sequence, At, Procedure, Unit, owner, At.AddDays(-1), again ? null : At.AddDays(6), "OVERDUE");

    /// <summary>A warning about a wait: to one person, to the holders of roles in the unit, or to both.</summary>
    public DossierWaitWarned Warned(string level, Guid? person, string[]? roles = null, bool urgent = true, string reason = "APPRAISAL") => new(
        Guid.CreateVersion7(), Dossier, Code, At, Procedure, Unit, level, reason, "officer", At.AddDays(-8), At.AddDays(2), urgent, person, roles ?? [], roles is null ? null : Unit);

    /// <summary>What can happen on the way and how it can end otherwise, one of each.</summary>
    public IReadOnlyList<object> Progress() =>
        [SupplementRequested(), Supplemented(), NotAccepted(), Refused(), Stopped(), Withdrawn(), FeeDue(), DeadlineExtended(), ResultCorrected(), Overdue()];

    public PaymentRequested Requested() => new(Payment, Dossier, Code, owner, 150000, At, "HLQ7K3M9XW2P", At.AddDays(3));

    /// <summary>What fell due on the way can be paid now.</summary>
    public PaymentRequested RequestedOnTheWay() => new(Payment, Dossier, Code, owner, 900000, At, "HLQ7K3M9XW2Q", At.AddDays(15)) { Moment = FeeMoments.OfDemand(1) };

    public PaymentWaived Waived() => new(
        Dossier, Code, owner, "atFiling", 150000, [new WaivedLine("phi", "Phí", 150000, "DISABLED", "Người khuyết tật", "Disabled")], At);

    public PaymentSettled Settled() => new(Payment, Dossier, Code, owner, 150000, At, "lab");

    /// <summary>The seven public facts in order.</summary>
    public IReadOnlyList<object> All() => [Submitted(), FeePaid(), Accepted(), ProcessingStarted(), Approved(), ResultReady(), Returned()];
}
