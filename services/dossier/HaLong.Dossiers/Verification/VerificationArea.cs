namespace HaLong.Dossiers.Verification;

/// <summary>Verification of papers.</summary>
internal static class VerificationArea
{
    public static void AddVerification(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PaperStatements>().AddSingleton<PaperReader>();
        builder.Services.AddScoped<PaperFinder>().AddScoped<GetPaper>().AddScoped<CheckPaper>();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/verification").WithTags("Verification");
        GetPaper.Map(group);
        CheckPaper.Map(group);
    }
}
