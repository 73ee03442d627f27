using HaLong.Dossiers.Statistics.Files;
using HaLong.Dossiers.Statistics.OpenData;
using HaLong.Dossiers.Statistics.Schedules;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics;

/// <summary>Figures that leave the platform: reports as files, reports by schedule, open data.</summary>
internal static class ReportFilesArea
{
    public static void AddReportFiles(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<ReportFileOptions>(ReportFileOptions.Section);
        builder.AddOptions<ScheduleOptions>(ScheduleOptions.Section)
            .Validate(o => o.IsValid, "Statistics:Schedules: Interval and Retry are more than zero, LongestRetry is not less than Retry.");
        builder.AddOptions<OpenDataOptions>(OpenDataOptions.Section);
        builder.AddGrpcClient<StaffAssignments.StaffAssignmentsClient>("identity");
        var services = builder.Services;
        services.AddScoped<ReportFileMaker>().AddScoped<DownloadReport>();
        services.AddScoped<ScheduleDesk>().AddScoped<ScheduleRights>().AddScoped<ReportDelivery>().AddScoped<ScheduleClaim>();
        services.AddScoped<CreateSchedule>().AddScoped<ReadSchedules>().AddScoped<ChangeSchedule>().AddScoped<SendSchedule>().AddScoped<GetReportFile>();
        services.AddSingleton<ScheduleTelemetry>().AddSingleton<ScheduleRounds>().AddHostedService(s => s.GetRequiredService<ScheduleRounds>());
        services.AddHealthChecks().AddCheck<ScheduleHealth>("report-schedules");
        services.AddScoped<DatasetRows>().AddScoped<OpenDataFiles>();
    }

    public static void MapReportFiles(this IEndpointRouteBuilder app)
    {
        DownloadReport.Map(app);
        var schedules = app.MapGroup("/api/v1/statistics/schedules").WithTags("Statistics");
        CreateSchedule.Map(schedules);
        ReadSchedules.Map(schedules);
        ChangeSchedule.Map(schedules);
        SendSchedule.Map(schedules);
        GetReportFile.Map(app);
        ListDatasets.Map(app);
        GetDataset.Map(app);
    }
}
