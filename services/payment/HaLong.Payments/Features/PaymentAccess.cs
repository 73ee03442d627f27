using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Features;

/// <summary>Who sees a payment request: part of the query, so that somebody else's and none at all look the same.</summary>
internal static class PaymentAccess
{
    private static readonly string[] Readers = [Roles.Reception, Roles.Officer, Roles.Approver, Roles.Cashier];

    /// <summary>The owner's own requests, and for officials who deal with dossiers or money those of their unit.</summary>
    public static IQueryable<PaymentRequest> VisibleTo(this IQueryable<PaymentRequest> payments, Caller caller)
    {
        var account = caller.AccountId;
        var unit = Readers.Any(caller.IsInRole) ? caller.Unit : null;
        return payments.Where(p => p.OwnerId == account || (unit != null && p.UnitCode == unit));
    }
}
