using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;

namespace HaLong.Payments.Fees;

/// <summary>What of a payment is owed to whom: one account of the ledger and the đồng on it.</summary>
internal sealed record FeeShare(string Account, long Amount)
{
    /// <summary>The shares of a request, by account; they add up to its amount whatever the order of its items.</summary>
    public static IReadOnlyList<FeeShare> Of(Beneficiary collecting, IEnumerable<PaymentItem> items) =>
        [.. items.GroupBy(i => LedgerAccount.Due(collecting, i)).Select(g => new FeeShare(g.Key, g.Sum(i => i.Amount))).OrderBy(s => s.Account, StringComparer.Ordinal)];

    /// <summary>What a refund takes from each account: in the order of the accounts, from none more than earlier refunds left of it.</summary>
    /// <param name="shares">What was owed at the settlement.</param>
    /// <param name="taken">What earlier refunds took, by account.</param>
    /// <param name="amount">Đồng to give back.</param>
    public static IReadOnlyList<FeeShare> TakeBack(IReadOnlyList<FeeShare> shares, IReadOnlyDictionary<string, long> taken, long amount)
    {
        var parts = new List<FeeShare>();
        foreach (var share in shares)
        {
            var part = Math.Min(amount, share.Amount - Math.Max(0, taken.GetValueOrDefault(share.Account)));
            if (part <= 0)
                continue;
            parts.Add(new FeeShare(share.Account, part));
            amount -= part;
        }
        return parts;
    }
}
