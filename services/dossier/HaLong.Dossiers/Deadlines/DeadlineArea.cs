using HaLong.Dossiers.Deadlines.Calendars;
using HaLong.Dossiers.Deadlines.Explaining;
using HaLong.Dossiers.Deadlines.Recounting;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Deadlines;

/// <summary>Deadlines, and the calendar they are counted by.</summary>
internal static class DeadlineArea
{
    public static IHostApplicationBuilder AddDeadlines(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<DeadlineOptions>(DeadlineOptions.Section)
            .Validate(o => o.RecountInterval > TimeSpan.Zero, "Deadlines:RecountInterval must be more than zero.");
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<DeadlineOptions>, RulesFileCheck>();
        services.AddSingleton(s => DeadlineData.Rules(s.GetRequiredService<IOptions<DeadlineOptions>>().Value.RulesFile));
        services.AddSingleton<CalendarCache>().AddSingleton<DeadlineTelemetry>().AddSingleton<RecountDeadlines>();
        services.AddScoped<DeadlineDesk>().AddScoped<GetDeadline>().AddScoped<CalendarDesk>().AddScoped<CalendarSeed>().AddScoped<RecountClaim>();
        services.AddHostedService(s => s.GetRequiredService<RecountDeadlines>());
        return builder;
    }

    public static void MapDeadlines(this IEndpointRouteBuilder app)
    {
        GetDeadline.Map(app);
        GetCalendar.Map(app);
        var admin = app.MapGroup("/api/v1/admin/calendar").WithTags("Calendar");
        DraftCalendar.Map(admin);
        ChangeCalendar.Map(admin);
        ConfirmCalendar.Map(admin);
        ListCalendarChanges.Map(admin);
    }
}
