using HaLong.Payments.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Fees;

/// <summary>What a dossier costs: quotes, claims of exemption and their evidence.</summary>
internal static class FeeArea
{
    public static void AddFees(this WebApplicationBuilder builder)
    {
        builder.AddGrpcClient<FeeQuotes.FeeQuotesClient>("payment");
        builder.Services.AddScoped<FeeBases>().AddScoped<FeeQuotesClient>().AddScoped<GetFeeQuote>().AddScoped<ClaimExemptions>().AddScoped<ReviewClaim>().AddScoped<QuoteProcedure>().AddScoped<FeeNews>();
    }

    public static void Map(IEndpointRouteBuilder app, IEndpointRouteBuilder dossiers)
    {
        GetFeeQuote.Map(dossiers);
        ClaimExemptions.Map(dossiers);
        ReviewClaim.Map(dossiers);
        QuoteProcedure.Map(app.MapGroup("/api/v1/procedures").WithTags("Procedures"));
    }
}
