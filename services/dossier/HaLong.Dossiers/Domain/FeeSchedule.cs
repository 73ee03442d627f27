using HaLong.Dossiers.Contracts;

namespace HaLong.Dossiers.Domain;

/// <summary>What decides which fees are due.</summary>
/// <param name="Channel">Channel of the filing: online, assisted, counter or post.</param>
/// <param name="Day">Local day.</param>
internal sealed record FeeCircumstances(string Channel, DateOnly Day)
{
    /// <summary>One of <see cref="FeeMoment"/>.</summary>
    public string Moment { get; init; } = FeeMoment.Filing;

    /// <summary>Categories of the applicant that are proven: they choose the fee and exempt from it.</summary>
    public IReadOnlyCollection<string> Categories { get; init; } = [];

    /// <summary>How surely the applicant is identified.</summary>
    public int Assurance { get; init; } = 1;
}

/// <summary>A fee that applies, with what an exemption leaves of it.</summary>
/// <param name="Item">Amount to pay; 0 when exempt.</param>
/// <param name="FullAmount">Đồng without the exemption.</param>
/// <param name="Exemption">The exemption that counts; null for none.</param>
internal sealed record DueFee(FeeItem Item, long FullAmount, FeeExemption? Exemption);

/// <summary>Which fees are due.</summary>
internal static class FeeSchedule
{
    /// <summary>
    /// Fees due at filing with a known amount above zero. Left out: optional ones, those per page (known at the counter only), and those that
    /// neither the catalogue nor the tariff knows. What comes from an assumed source says so.
    /// </summary>
    public static List<FeeItem> Due(ProcedureContent procedure, IEnumerable<TariffItem> tariff, string channel, DateOnly day) =>
        [.. Due(procedure, tariff, new FeeCircumstances(channel, day)).Where(f => f.Item.Amount > 0).Select(f => f.Item)];

    /// <summary>Fees of a moment, by channel, day, category and identification; the exemption that leaves least counts.</summary>
    public static List<DueFee> Due(ProcedureContent procedure, IEnumerable<TariffItem> tariff, FeeCircumstances of)
    {
        var valid = Valid(procedure, tariff, of.Day);
        var due = new List<DueFee>();
        foreach (var fee in procedure.Fees.Where(f => Applies(f, of)))
        {
            var item = fee.AmountVnd is null ? valid.Find(t => t.Kind == fee.Kind) : null;
            if ((fee.AmountVnd ?? item?.AmountVnd) is not { } full)
                continue;
            var exemption = fee.ExemptionRules.Where(e => e.IsValidOn(of.Day) && of.Categories.Contains(e.Category)).MaxBy(e => e.Percent);
            var amount = full * (100 - (exemption?.Percent ?? 0)) / 100;
            due.Add(new DueFee(new FeeItem(fee.Kind, fee.NameVi, amount, fee.Assumed || item is { Assumed: true } || exemption is { Assumed: true }), full, exemption));
        }
        return due;
    }

    /// <summary>The fees of a moment as payment quotes them, before any exemption, with those that were chosen. A price by page is known only for what was chosen.</summary>
    public static List<FeeTerm> Terms(ProcedureContent procedure, IEnumerable<TariffItem> tariff, FeeCircumstances of, IEnumerable<FeeTerm> chosen)
    {
        var valid = Valid(procedure, tariff, of.Day);
        return [.. procedure.Fees.Where(f => Applies(f, of)).Select(f => Term(f, valid, of.Day, 1, null)).OfType<FeeTerm>(), .. chosen];
    }

    /// <summary>One fee as payment quotes it; null where no amount is known.</summary>
    /// <param name="fee">The fee.</param>
    /// <param name="valid">The tariff of the day, latest first.</param>
    /// <param name="day">Local day: exemptions count by it.</param>
    /// <param name="quantity">Cases or copies.</param>
    /// <param name="pages">Pages of each copy.</param>
    public static FeeTerm? Term(ProcedureFee fee, List<TariffItem> valid, DateOnly day, int quantity, int? pages)
    {
        var item = fee.AmountVnd is null ? valid.Find(t => t.Kind == fee.Kind) : null;
        if ((fee.AmountVnd ?? item?.AmountVnd) is not { } amount)
            return null;
        return new FeeTerm(fee.Kind, fee.NameVi, fee.NameEn, amount, quantity, fee.Rule, fee.Assumed || item is { Assumed: true })
        {
            Pages = pages,
            Tiers = [.. fee.PageRule?.Tiers.Select(t => new FeeTier(t.FromPage, t.ToPage, t.AmountPerPage)) ?? []],
            Cap = fee.PageRule?.CapVnd,
            Exemptions = [.. fee.ExemptionRules.Where(e => e.IsValidOn(day)).Select(e => new FeeTermExemption(e.Category, e.Percent, e.EvidenceVi, e.EvidenceEn, e.LegalBasis, e.Assumed))],
        };
    }

    /// <summary>Full amounts above zero of terms: what a dossier shows to be due until payment has made its quote.</summary>
    public static List<FeeItem> Items(IEnumerable<FeeTerm> terms) =>
        [.. terms.Select(t => new FeeItem(t.Kind, t.NameVi, (long)t.FullAmount(), t.Assumed)).Where(i => i.Amount > 0)];

    /// <summary>True when a fee is for a channel of filing.</summary>
    public static bool IsForChannel(ProcedureFee fee, string channel) => fee.Channel == "any" || fee.Channel == Filed(channel);

    private static List<TariffItem> Valid(ProcedureContent procedure, IEnumerable<TariffItem> tariff, DateOnly day) => [.. tariff
        .Where(t => t.ProcedureCode == procedure.Code && t.ValidFrom <= day && (t.ValidTo is null || t.ValidTo >= day))
        .OrderByDescending(t => t.ValidFrom)];

    private static bool Applies(ProcedureFee fee, FeeCircumstances of) =>
        !fee.Optional && fee.PageRule is null && fee.Moment == of.Moment && fee.IsValidOn(of.Day)
        && IsForChannel(fee, of.Channel)
        && (fee.ApplicantCategories.Count == 0 || fee.ApplicantCategories.Any(of.Categories.Contains))
        && (fee.MinAssurance is null || fee.MinAssurance <= of.Assurance);

    // Whoever files with a helper's hands still files online.
    private static string Filed(string channel) => channel switch { "counter" => "direct", "post" => "post", _ => "online" };
}
