using System.Globalization;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells an official that a report he has subscribed to was made, with its key figures and where he fetches it, signed in.</summary>
internal sealed class NotifyReportReady(OwnerNotifier owner) : IConsumer<ReportReady>
{
    public Task Consume(ConsumeContext<ReportReady> context)
    {
        var e = context.Message;
        var report = new ReportNotice(
            $"{e.TitleVi}, {Vietnamese(e.From, e.To)}", $"{e.TitleEn}, {English(e.From, e.To)}", e.KeyFigures,
            [.. e.Files.Select(f => new ReportLink(f.Format, $"/api/v1/statistics/report-files/{f.Id}"))]);
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.ReportReady, $"{e.RunId:N}", e.AccountId, null, null, e.OccurredAt, Deadline: e.ExpiresAt, Report: report),
                context.CancellationToken);
    }

    private static string Vietnamese(DateOnly from, DateOnly to) => from == to ? $"ngày {Day(from, "dd/MM/yyyy")}"
        : $"{Day(from, "dd/MM/yyyy")}–{Day(to, "dd/MM/yyyy")}";

    private static string English(DateOnly from, DateOnly to) => from == to ? Day(from, "d MMMM yyyy")
        : $"{Day(from, "d MMMM yyyy")} to {Day(to, "d MMMM yyyy")}";

    private static string Day(DateOnly day, string pattern) => day.ToString(pattern, CultureInfo.InvariantCulture);
}
