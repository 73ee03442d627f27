using System.Globalization;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Payments.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Fees;

/// <summary>Asks payment for a quote. Only what is shown and what an official demands waits for it; filing never does.</summary>
internal sealed class FeeQuotesClient(FeeQuotes.FeeQuotesClient quotes, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The quote; 503 while payment cannot be asked.</summary>
    public async Task<Result<FeeQuoteView>> AskAsync(string procedureCode, string channel, FeeBasis basis, CancellationToken ct)
    {
        try
        {
            var answer = await quotes.QuoteAsync(Question(procedureCode, channel, basis), deadline: time.GetUtcNow().Add(Patience).UtcDateTime, cancellationToken: ct);
            return FeeQuoteView.Of(answer, basis);
        }
        catch (ErrorException e)
        {
            return e.Error.Kind is ErrorKind.Unavailable or ErrorKind.Timeout ? FeeClaimErrors.QuoteUnavailable : e.Error;
        }
        catch (HttpRequestException)
        {
            return FeeClaimErrors.QuoteUnavailable;
        }
    }

    private static QuoteFeesRequest Question(string procedureCode, string channel, FeeBasis basis)
    {
        var question = new QuoteFeesRequest
        {
            ProcedureCode = procedureCode,
            Channel = channel,
            Moment = basis.Moment,
            Day = basis.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Assurance = basis.Assurance,
        };
        question.Terms.AddRange(basis.Terms.Select(Write));
        question.Claims.AddRange(basis.Claims.Select(c => new FeeClaimMessage
        {
            Category = c.Category,
            Documents = c.Documents.Count,
            Review = c.Accepted switch { true => FeeClaimReview.Accepted, false => FeeClaimReview.Refused, null => FeeClaimReview.Open },
        }));
        return question;
    }

    private static FeeTermMessage Write(FeeTerm t)
    {
        var term = new FeeTermMessage
        {
            Kind = t.Kind,
            NameVi = t.NameVi,
            NameEn = t.NameEn ?? "",
            Amount = t.Amount,
            Quantity = t.Quantity,
            Rule = t.Rule,
            Assumed = t.Assumed,
            Pages = t.Pages ?? 0,
            Cap = t.Cap ?? 0,
        };
        term.Tiers.AddRange(t.Tiers.Select(x => new FeeTierMessage { FromPage = x.FromPage, ToPage = x.ToPage ?? 0, Amount = x.Amount }));
        term.Exemptions.AddRange(t.Exemptions.Select(e => new FeeExemptionMessage
        {
            Category = e.Category,
            Percent = e.Percent,
            EvidenceVi = e.EvidenceVi ?? "",
            EvidenceEn = e.EvidenceEn ?? "",
            LegalBasis = e.LegalBasis ?? "",
            Assumed = e.Assumed,
        }));
        return term;
    }
}
