using HaLong.Dossiers.Contracts;
using HaLong.Payments.Fees;

namespace HaLong.Payments.Tests.Fees;

/// <summary>Fees, claims and policies to quote with.</summary>
internal static class Quotes
{
    public const string Residence = "1.004222", CivilStatus = "1.004873", Copies = "2.000815";

    public static readonly DateOnly Day = new(2026, 11, 30);

    public static FeeTerm Term(long amount = 10_000, string kind = "lePhi", int quantity = 1, params FeeTermExemption[] exemptions) =>
        new(kind, "Lệ phí", "Charge", amount, quantity, "mỗi lần", false) { Exemptions = exemptions };

    /// <summary>Certified copies: 2,000 a page, 1,000 from the third, at most 200,000 a copy.</summary>
    public static FeeTerm Pages(int pages, int copies = 1) => new("phi", "Phí chứng thực bản sao", null, 0, copies, "theo trang", false)
    {
        Pages = pages,
        Tiers = [new FeeTier(1, 2, 2_000), new FeeTier(3, null, 1_000)],
        Cap = 200_000,
    };

    public static FeeClaim Claim(string category, bool? accepted = null, int documents = 1) => new(category, [.. Enumerable.Range(0, documents).Select(_ => Guid.CreateVersion7())], accepted);

    public static FeeSituation In(
        IEnumerable<FeeTerm> terms, string procedure = Residence, string channel = "online", DateOnly? day = null, int assurance = 1, string moment = "atFiling", params FeeClaim[] claims) =>
        new(procedure, channel, new FeeBasis(moment, day ?? Day, assurance, [.. terms], claims));

    public static FeePolicy Policy(string id, int percent, string? category = null) => new()
    {
        Id = id,
        NameVi = "Chính sách " + id,
        NameEn = "Policy " + id,
        Percent = percent,
        Kinds = ["phi", "lePhi"],
        Category = category,
        EvidenceVi = category is null ? null : "Giấy " + category,
        EvidenceEn = category is null ? null : "Paper " + category,
        Source = "Nghị quyết " + id,
    };

    public static FeeQuoteLine One(FeeSituation of, params FeePolicy[] policies) => Assert.Single(new FeeQuoter(policies).Quote(of).Lines);

    public static FeeQuoteLine ByData(FeeSituation of) => Assert.Single(new FeeQuoter(FeePolicies.All).Quote(of).Lines);
}
