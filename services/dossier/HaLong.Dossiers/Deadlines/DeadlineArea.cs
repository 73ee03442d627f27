namespace HaLong.Dossiers.Deadlines;

/// <summary>Deadlines, and the calendar they are counted by.</summary>
internal static class DeadlineArea
{
    public static IHostApplicationBuilder AddDeadlines(this IHostApplicationBuilder builder)
    {
        var file = builder.Configuration["Deadlines:RulesFile"];
        builder.Services.AddSingleton(_ => DeadlineData.Rules(file)).AddSingleton<CalendarCache>();
        builder.Services.AddScoped<DeadlineDesk>();
        return builder;
    }
}
