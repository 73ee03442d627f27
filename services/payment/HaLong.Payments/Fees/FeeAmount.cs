using System.Globalization;
using HaLong.Dossiers.Contracts;

namespace HaLong.Payments.Fees;

/// <summary>A full amount and how it came about.</summary>
internal sealed record FullAmount(long Amount, string Rule, string Vi, string En);

/// <summary>
/// The rules of amounts. All in whole đồng: prices are, and what a percentage leaves is rounded down to the đồng, in favour of who pays. No text
/// was found that rounds otherwise.
/// </summary>
internal static class FeeAmount
{
    public const string Fixed = "fixed", PerUnit = "perUnit", PerPage = "perPage", AsDemanded = "asDemanded";

    /// <summary>Most that one line can be: what a payment can be. More than that is no fee.</summary>
    public const long Max = Domain.PaymentRequest.MaxAmount;

    private static readonly NumberFormatInfo Vietnamese = new() { NumberGroupSeparator = "." }, English = new() { NumberGroupSeparator = "," };

    /// <summary>The amount of a term by the tariff.</summary>
    /// <exception cref="OverflowException">More than a payment can be.</exception>
    public static FullAmount Of(FeeTerm term)
    {
        if (term.Tiers.Count > 0)
            return ByPage(term);
        var amount = Checked(term.FullAmount());
        var (vi, en) = term.Quantity == 1
            ? ($"Mức thu: {Vi(amount)} ({term.Rule}).", $"Tariff: {En(amount)} ({term.Rule}).")
            : ($"{term.Quantity} × {Vi(term.Amount)} = {Vi(amount)} ({term.Rule}).", $"{term.Quantity} × {En(term.Amount)} = {En(amount)} ({term.Rule}).");
        return new FullAmount(amount, term.Quantity == 1 ? Fixed : PerUnit, vi, en);
    }

    /// <summary>What a reduction leaves, rounded down to whole đồng.</summary>
    public static long Less(long full, int percent) => (long)decimal.Floor((decimal)full * (100 - percent) / 100);

    /// <summary>An amount with its unit, in Vietnamese.</summary>
    public static string Vi(long amount) => amount.ToString("N0", Vietnamese) + " đồng";

    /// <summary>The same in English.</summary>
    public static string En(long amount) => amount.ToString("N0", English) + " đồng";

    private static FullAmount ByPage(FeeTerm term)
    {
        var parts = term.Tiers.Select(t => (Tier: t, Pages: t.PagesOf(term.Pages ?? 1))).Where(p => p.Pages > 0).ToList();
        var (copy, amount) = (Checked(term.CopyAmount()), Checked(term.FullAmount()));
        var isCapped = copy < parts.Sum(p => (decimal)p.Pages * p.Tier.Amount);
        var (vi, en) = (string.Join(" + ", parts.Select(p => $"{p.Pages} trang × {Vi(p.Tier.Amount)}")), string.Join(" + ", parts.Select(p => $"{p.Pages} pages × {En(p.Tier.Amount)}")));
        var (capVi, capEn) = isCapped ? ($", tối đa {Vi(copy)} một bản", $", at most {En(copy)} a copy") : ("", "");
        return new FullAmount(
            amount, PerPage, $"{term.Quantity} bản × ({vi}{capVi}) = {Vi(amount)} ({term.Rule}).", $"{term.Quantity} copies × ({en}{capEn}) = {En(amount)} ({term.Rule}).");
    }

    private static long Checked(decimal amount) => amount is >= 0 and <= Max ? (long)amount : throw new OverflowException("The amount of a fee is out of range.");
}
