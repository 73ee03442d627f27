using Grpc.Core;
using HaLong.Payments.V1;

namespace HaLong.Dossiers.Tests.Fees;

/// <summary>
/// Plays payment: a small real gRPC server with policies of its own, which can be down. Whoever proves to be disabled pays nothing, a poor household half;
/// prices by page are ten đồng a page.
/// </summary>
internal sealed class QuoteService(Neighbours owner) : FeeQuotes.FeeQuotesBase
{
    public override Task<QuoteFeesResponse> Quote(QuoteFeesRequest request, ServerCallContext context)
    {
        owner.Quotes.Enqueue(request);
        if (owner.PaymentDown)
            throw new RpcException(new Status(StatusCode.Unavailable, "down"));
        var answer = new QuoteFeesResponse();
        foreach (var term in request.Terms)
        {
            var full = (term.Tiers.Count > 0 ? 10L * term.Pages : term.Amount) * term.Quantity;
            var (percent, rule) = Counts(request, "disabled") ? (100, "DISABLED") : Counts(request, "poorHousehold") ? (50, "POOR") : (0, "");
            var line = new FeeQuoteLineMessage
            {
                Kind = term.Kind,
                NameVi = term.NameVi,
                NameEn = term.NameEn,
                Full = full,
                Reduction = full * percent / 100,
                Amount = full - (full * percent / 100),
                Rule = term.Tiers.Count > 0 ? "perPage" : "fixed",
                ReductionRule = rule,
                ExplanationVi = "Vì " + rule,
                ExplanationEn = "Because of " + rule,
                Source = rule.Length > 0 ? "Nghị quyết" : "",
                Assumed = term.Assumed,
            };
            if (percent < 100)
                line.Helps.Add(new FeeHelpMessage { Category = "disabled", EvidenceVi = "Giấy xác nhận khuyết tật", EvidenceEn = "Certificate of disability", Claimed = request.Claims.Any(c => c.Category == "disabled"), Rule = "DISABLED", Source = "Nghị quyết" });
            answer.Lines.Add(line);
        }
        (answer.Full, answer.Total) = (answer.Lines.Sum(l => l.Full), answer.Lines.Sum(l => l.Amount));
        return Task.FromResult(answer);
    }

    private static bool Counts(QuoteFeesRequest of, string category) => of.Claims.Any(c =>
        c.Category == category && (c.Review == FeeClaimReview.Accepted || (c.Review == FeeClaimReview.Open && c.Documents > 0)));
}
