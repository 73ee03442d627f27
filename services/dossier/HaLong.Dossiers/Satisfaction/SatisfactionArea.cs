using HaLong.Dossiers.Satisfaction.Petitions;
using HaLong.Dossiers.Satisfaction.Ratings;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Satisfaction;

/// <summary>What people think: ratings of how dossiers were handled, and feedback (phản ánh, kiến nghị) with its time limits.</summary>
internal static class SatisfactionArea
{
    public static void AddSatisfaction(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<SatisfactionOptions>(SatisfactionOptions.Section)
            .Validate(o => o.Interval > TimeSpan.Zero, "Satisfaction:Interval must be more than zero.");
        var services = builder.Services;
        services.AddSingleton(FeedbackLimitBook.Load()).AddSingleton<SatisfactionTelemetry>();
        services.AddScoped<RateDossier>().AddScoped<GetRating>().AddScoped<RatingReader>();
        services.AddScoped<FeedbackDesk>().AddScoped<SendFeedback>().AddScoped<ReadFeedback>();
        services.AddScoped<AuthorSteps>().AddScoped<AgencySteps>().AddScoped<ListFeedback>();
        services.AddScoped<FeedbackClaim>().AddSingleton<FeedbackRounds>().AddHostedService(s => s.GetRequiredService<FeedbackRounds>());
    }

    public static void MapSatisfaction(this IEndpointRouteBuilder app)
    {
        var dossiers = app.MapGroup("/api/v1/dossiers").WithTags("Ratings");
        RateDossier.Map(dossiers);
        GetRating.Map(dossiers);
        RatingFigures.Map(app);

        SendFeedback.Map(app);
        ReadFeedback.Map(app);
        AuthorSteps.Map(app.MapGroup("/api/v1/feedback").WithTags("Feedback"));
        AgencySteps.Map(app.MapGroup("/api/v1/admin/feedback").WithTags("Feedback"));
        ListFeedback.Map(app);
    }
}
