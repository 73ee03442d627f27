using System.Reflection;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Contracts.Events;
using HaLong.Notifications.Features.Events;
using HaLong.Payments.Contracts.Events;
using HaLong.Signatures.Contracts.Events;
using MassTransit;

namespace HaLong.Notifications.Tests.Events;

/// <summary>Nothing becomes public, or stays inside, without somebody having decided it: a new contract stops these tests.</summary>
public sealed class ContractDecisionTests
{
    /// <summary>What stays inside, and why.</summary>
    private static readonly Dictionary<string, string[]> Inside = new()
    {
        ["the owner's own affair, before there is a dossier"] = [nameof(DossierDraftExpiring)],
        ["how officials work"] = [nameof(DossierWaitWarned), nameof(ReportReady), nameof(StaffAssigned), nameof(StaffReleased)],
        ["about persons and their accounts"] =
        [
            nameof(AccountRegistered), nameof(AccountVerified), nameof(AccountVerificationUndone), nameof(AccountClosed), nameof(AccountSecurityChanged),
            nameof(ContactPointsChanged), nameof(ConsentGiven), nameof(ConsentWithdrawn), nameof(PersonalDataErased), nameof(PersonalDataRead),
            nameof(ProcessingRestricted), nameof(DataExportRequested), nameof(OrganisationRegistered), nameof(RepresentativesChanged),
            nameof(DelegationOffered), nameof(DelegationAccepted), nameof(DelegationDeclined), nameof(DelegationRevoked), nameof(DelegationExpired),
            nameof(AssistedSessionOpened), nameof(AssistedSessionStarted), nameof(AssistedSessionClosed), nameof(SessionEnded),
        ],
        ["orders of a service to itself"] = [nameof(LogoutNoticeDue)],
        ["read from GET /api/v1/units, which keeps versions"] = [nameof(UnitChanged)],
        // Facts of money have no number within the dossier. What a partner needs of them comes as facts of the dossier, which has: fee-due, fee-paid.
        ["money: partners hear of it as facts of the dossier"] =
        [
            nameof(PaymentRequested), nameof(PaymentSettled), nameof(PaymentExpired), nameof(PaymentCancelled), nameof(PaymentWaived), nameof(PaymentMismatched),
            nameof(PaymentStateChanged), nameof(MoneyCaseOpened), nameof(MoneyCaseClosed), nameof(MoneyRefunded), nameof(BankNoticeReceived),
            nameof(ReceiptIssued), nameof(ReceiptCancelled), nameof(ReceiptAdjusted),
        ],
        ["signing: partners hear of the signed result"] =
        [
            nameof(DocumentSigned), nameof(SigningRequested), nameof(SigningReminderDue), nameof(SigningCompleted), nameof(SigningRefused), nameof(SigningExpired),
            nameof(SigningCancelled), nameof(CredentialChanged),
        ],
        ["how people were told"] = [nameof(MessageDelivered), nameof(MessageFailed), nameof(ContactPointFailing)],
    };

    private static readonly Assembly[] Contracts =
    [
        typeof(DossierSubmitted).Assembly, typeof(AccountRegistered).Assembly, typeof(PaymentSettled).Assembly, typeof(DocumentSigned).Assembly,
        typeof(MessageDelivered).Assembly,
    ];

    private static List<Type> Facts => [.. Contracts.SelectMany(a => a.GetExportedTypes()).Where(t => t.GetCustomAttribute<EntityNameAttribute>() is not null)];

    private static HashSet<Type> Mapped =>
    [
        .. typeof(PublicFact).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == nameof(PublicFact.Of))
            .Select(m => Assert.Single(m.GetParameters()).ParameterType),
    ];

    [Fact]
    public void Every_fact_of_every_service_is_public_by_a_mapper_or_inside_for_a_reason()
    {
        var inside = Inside.Values.SelectMany(names => names).ToHashSet();
        var undecided = Facts.Where(t => !Mapped.Contains(t) && !inside.Contains(t.Name)).Select(t => t.Name).ToList();
        Assert.True(undecided.Count == 0, "Public or not? Give a mapper in PublicFact, or a line here: " + string.Join(", ", undecided));
        Assert.True(Facts.Count > 50);
    }

    [Fact]
    public void Nothing_is_both_and_no_line_is_about_something_that_is_gone()
    {
        var inside = Inside.Values.SelectMany(names => names).ToList();
        Assert.Equal(inside.Count, inside.Distinct().Count());
        Assert.Empty(inside.Intersect(Mapped.Select(t => t.Name)));
        Assert.All(inside, name => Assert.Contains(Facts, t => t.Name == name));
    }

    [Fact]
    public void What_has_a_mapper_is_logged_and_the_other_way_round()
    {
        var logged = typeof(LogPublicEvent).GetInterfaces().Where(i => i.IsGenericType).Select(i => i.GetGenericArguments()[0]).ToHashSet();
        Assert.Equal(Mapped.OrderBy(t => t.Name), logged.OrderBy(t => t.Name));
    }
}
