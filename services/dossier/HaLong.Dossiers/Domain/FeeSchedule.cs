using HaLong.Dossiers.Contracts;

namespace HaLong.Dossiers.Domain;

/// <summary>Which fees are due at filing.</summary>
internal static class FeeSchedule
{
    /// <summary>
    /// Fees of the channel with a known amount. Left out: optional ones, those per page (known at the counter only), and those
    /// that neither the catalogue nor the tariff knows. What comes from an assumed source says so.
    /// </summary>
    public static List<FeeItem> Due(ProcedureContent procedure, IEnumerable<TariffItem> tariff, string channel, DateOnly day)
    {
        var valid = tariff
            .Where(t => t.ProcedureCode == procedure.Code && t.ValidFrom <= day && (t.ValidTo is null || t.ValidTo >= day))
            .OrderByDescending(t => t.ValidFrom)
            .ToList();
        // Whoever files with a helper's hands still files online.
        var filed = channel == "counter" ? "direct" : "online";
        var due = new List<FeeItem>();
        foreach (var fee in procedure.Fees)
        {
            if (fee.Optional || fee.PageRule is not null || (fee.Channel != "any" && fee.Channel != filed))
                continue;
            var item = fee.AmountVnd is null ? valid.Find(t => t.Kind == fee.Kind) : null;
            var amount = fee.AmountVnd ?? item?.AmountVnd ?? 0;
            if (amount > 0)
                due.Add(new FeeItem(fee.Kind, fee.NameVi, amount, fee.Assumed || item is { Assumed: true }));
        }
        return due;
    }
}
