using System.Globalization;
using Grpc.Core;
using HaLong.Dossiers.Contracts;
using HaLong.Payments.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Fees;

/// <summary>gRPC: read, quote, write. Open to services and, through them, to whoever is signed in: nothing of anybody is told.</summary>
internal sealed class FeeQuotesGrpc(FeeQuoter quoter, PaymentInstruments instruments) : FeeQuotes.FeeQuotesBase
{
    /// <summary>Whoever has a token of this platform.</summary>
    public const string Asker = "FeeQuotes";

    private const int MostTerms = 50, MostClaims = 20, MostText = 2000, MostQuantity = 10_000;

    private static readonly string[] Kinds = ["phi", "lePhi", "duty"];

    public override Task<QuoteFeesResponse> Quote(QuoteFeesRequest request, ServerCallContext context)
    {
        var situation = Read(request);
        if (!situation.IsSuccess)
            throw new ErrorException(situation.Error);
        try
        {
            var quote = quoter.Quote(situation.Value);
            instruments.Quoted();
            return Task.FromResult(Write(quote));
        }
        catch (OverflowException)
        {
            throw new ErrorException(FeeErrors.OutOfRange);
        }
    }

    internal static Result<FeeSituation> Read(QuoteFeesRequest q)
    {
        if (q.Terms.Count > MostTerms || q.Claims.Count > MostClaims
            || !DateOnly.TryParseExact(q.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || q.Terms.Any(t => !Kinds.Contains(t.Kind) || t.Amount < 0 || t.Quantity is < 1 or > MostQuantity || t.Pages < 0 || t.Cap < 0 || t.Rule.Length > MostText
                || t.NameVi.Length is 0 or > MostText || t.Exemptions.Any(e => e.Percent is < 1 or > 100)
                || t.Tiers.Any(x => x.FromPage < 1 || x.Amount < 0 || (x.ToPage != 0 && x.ToPage < x.FromPage)))
            || q.Claims.Any(c => c.Documents < 0 || c.Category.Length == 0))
            return FeeErrors.BadQuestion;
        return new FeeSituation(q.ProcedureCode, q.Channel, new FeeBasis(q.Moment, day, q.Assurance, [.. q.Terms.Select(Read)], [.. q.Claims.Select(Read)]));
    }

    private static FeeTerm Read(FeeTermMessage t) => new(t.Kind, t.NameVi, Text(t.NameEn), t.Amount, t.Quantity, t.Rule, t.Assumed)
    {
        Pages = t.Pages == 0 ? null : t.Pages,
        Tiers = [.. t.Tiers.Select(x => new FeeTier(x.FromPage, x.ToPage == 0 ? null : x.ToPage, x.Amount))],
        Cap = t.Cap == 0 ? null : t.Cap,
        Exemptions = [.. t.Exemptions.Select(e => new FeeTermExemption(e.Category, e.Percent, Text(e.EvidenceVi), Text(e.EvidenceEn), Text(e.LegalBasis), e.Assumed))],
    };

    private static FeeClaim Read(FeeClaimMessage c) => new(
        c.Category, new Guid[Math.Min(c.Documents, 1)],
        c.Review switch { FeeClaimReview.Accepted => true, FeeClaimReview.Refused => false, _ => null });

    private static QuoteFeesResponse Write(FeeQuote quote)
    {
        var answer = new QuoteFeesResponse { Full = (long)quote.Full, Total = (long)quote.Total };
        foreach (var l in quote.Lines)
        {
            var line = new FeeQuoteLineMessage
            {
                Kind = l.Kind,
                NameVi = l.NameVi,
                NameEn = l.NameEn ?? "",
                Full = l.Full,
                Reduction = l.Reduction,
                Amount = l.Amount,
                Rule = l.Rule,
                ReductionRule = l.ReductionRule ?? "",
                ExplanationVi = l.ExplanationVi,
                ExplanationEn = l.ExplanationEn,
                Source = l.Source ?? "",
                Assumed = l.Assumed,
            };
            line.Helps.AddRange(l.Helps.Select(h => new FeeHelpMessage
            {
                Category = h.Category,
                Amount = h.Amount,
                EvidenceVi = h.EvidenceVi,
                EvidenceEn = h.EvidenceEn,
                Claimed = h.Claimed,
                Refused = h.Refused,
                Rule = h.Rule,
                Source = h.Source,
            }));
            answer.Lines.Add(line);
        }
        return answer;
    }

    private static string? Text(string value) => value.Length == 0 ? null : value;
}
