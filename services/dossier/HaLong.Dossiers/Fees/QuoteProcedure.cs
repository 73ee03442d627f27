using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Filing.Checks;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Fees;

/// <summary>What a procedure would cost somebody: for everybody, before there is a dossier. Categories count as if they were proven.</summary>
internal sealed class QuoteProcedure(ProcedureCatalogue catalogue, FeeBases bases, FeeQuotesClient quotes, TimeProvider time)
{
    private const int MostChoices = 20;

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{code}/fee-quote",
            (string code, string? channel, string? at, string? moment, int? assurance, string[]? category, string[]? fee, QuoteProcedure handler, CancellationToken ct) =>
                handler.HandleAsync(code, channel ?? "online", at, moment ?? FeeMoment.Filing, assurance ?? 2, category ?? [], fee ?? [], ct))
        .AllowAnonymous()
        .WithSummary("What a procedure costs, line by line: channel, at, moment, assurance, category (repeated), fee (number, number:quantity or number:quantity:pages, repeated)")
        .Answers<FeeQuoteView>(200, 400, 404, 503);

    private async Task<IResult> HandleAsync(
        string code, string channel, string? at, string moment, int assurance, string[] categories, string[] fees, CancellationToken ct)
    {
        if (CatalogueCaching.Day(at, time) is not { } day)
            return CatalogueErrors.InvalidDay.ToProblem();
        if (await catalogue.FindAsync(code, day, ct) is not { } procedure)
            return DossierErrors.ProcedureNotFound.ToProblem();
        var content = catalogue.ContentOf(procedure);
        var chosen = fees.Take(MostChoices).Select(f => FeeCheck.TermOf(content, channel, day, Choice(f))).ToList();
        if (Check(channel, moment, assurance, categories, fees, chosen) is { } error)
            return error.ToProblem();
        // One document that nobody has: as if it were proven.
        var claims = categories.Distinct().Select(c => new FeeClaim(c, [Guid.Empty])).ToList();
        var basis = await bases.OfAsync(procedure, new FeeCircumstances(channel, day) { Moment = moment, Assurance = assurance }, claims, [.. chosen.OfType<FeeTerm>()], ct);
        var quote = await quotes.AskAsync(code, channel, basis, ct);
        return quote.IsSuccess ? TypedResults.Ok(quote.Value with { Claims = [] }) : quote.Error.ToProblem();
    }

    private static Error? Check(string channel, string moment, int assurance, string[] categories, string[] fees, List<FeeTerm?> chosen)
    {
        var error = FeeClaimErrors.BadQuestion;
        if (channel is not ("online" or "assisted" or "counter" or "post"))
            error = error.WithField("channel", "online, assisted, counter hoặc post.", "online, assisted, counter or post.");
        if (!CatalogueCodes.FeeMoments.Has(moment))
            error = error.WithField("moment", "atFiling, atSupplement hoặc atResult.", "atFiling, atSupplement or atResult.");
        if (assurance is < 1 or > 3)
            error = error.WithField("assurance", "Từ 1 đến 3.", "1 to 3.");
        if (categories.Length > MostChoices || !categories.All(CatalogueCodes.ApplicantCategories.Has))
            error = error.WithField("category", "Mã đối tượng trong danh mục.", "A code of the list of categories.");
        if (fees.Length > MostChoices || chosen.Contains(null))
            error = error.WithField("fee", "Số thứ tự khoản phí, số lượng, số trang.", "Number of the fee, quantity, pages.");
        return error.Fields.Count > 0 ? error : null;
    }

    private static FeeChoice? Choice(string text)
    {
        var parts = text.Split(':').Select(p => int.TryParse(p, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : -1).ToList();
        return parts.Count is < 1 or > 3 || parts.Contains(-1) ? null : new FeeChoice(parts[0], parts.Count > 1 ? parts[1] : null, parts.Count > 2 ? parts[2] : null);
    }
}
