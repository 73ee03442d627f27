namespace HaLong.Dossiers.Catalogue.Checking;

/// <summary>What a fee or charge must look like.</summary>
internal static class FeeRules
{
    private const long MaxAmount = 10_000_000_000;

    public static void Check(JsonProbe fee)
    {
        fee.Text("code", max: 40);
        fee.OneOf("kind", CatalogueCodes.FeeKinds, required: true);
        fee.Text("nameVi", required: true);
        fee.Text("nameEn");
        fee.Number("amountVnd", 0, MaxAmount);
        fee.Text("rule", required: true, max: 1000);
        fee.OneOf("channel", CatalogueCodes.FeeChannels, required: true);
        fee.Texts("exemptions", max: 500);
        fee.Flag("optional");
        fee.Flag("assumed");
        fee.Flag("refundable");
        fee.OneOf("moment", CatalogueCodes.FeeMoments);
        Period(fee);
        fee.Texts("applicantCategories", CatalogueCodes.ApplicantCategories);
        fee.Number("minAssurance", 1, 3);
        fee.Object("pageRule", PageRule);
        fee.Each("exemptionRules", rule =>
        {
            rule.OneOf("category", CatalogueCodes.ApplicantCategories, required: true);
            rule.Number("percent", 1, 100, required: true);
            rule.Text("evidenceVi");
            rule.Text("evidenceEn");
            rule.Text("legalBasis");
            Period(rule);
            rule.Flag("assumed");
        });
    }

    private static void Period(JsonProbe of)
    {
        var (from, to) = (of.Day("validFrom"), of.Day("validTo"));
        if (to < from)
            of.Add("validTo", "trước ngày bắt đầu", "is before the first day");
    }

    private static void PageRule(JsonProbe rule)
    {
        rule.Text("per", required: true, max: 32);
        rule.Number("capVnd", 0, MaxAmount, required: true);
        rule.Each("tiers", tier =>
        {
            tier.Number("fromPage", 1, 100_000, required: true);
            tier.Number("toPage", 1, 100_000);
            tier.Number("amountPerPage", 0, MaxAmount, required: true);
        });
    }
}
