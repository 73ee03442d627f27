using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Index.Views;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Index.Opening;

/// <summary>The dossiers behind a figure, by the same conditions by which they were counted.</summary>
internal sealed class DossiersBehind(NpgsqlDataSource database, CalendarCache calendars, ReadRecord reads)
{
    public const string Kind = "dossier";

    public async Task<List<BehindItem>> ReadAsync(
        IndexQuestion question, string component, string condition, string good, BehindKey after, int count, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            SELECT q.*, o.code, o.owner_id, o.procedure_name_vi FROM (
              SELECT f.dossier_id, f.unit_code, f.procedure_code, f.received_day, f.accepted_day, d.ended, f.statistical_due, s.state, s.since, d.requests,
                  p.open,
                t.in_time, coalesce(({good}), false) AS good
              {IndexSets.From}{IndexSource.Limit("f", question.Units)} AND {condition} AND (f.received_day, f.dossier_id) > (@day, @id)
              ORDER BY f.received_day, f.dossier_id LIMIT @count) q
            LEFT JOIN dossier o ON o.id = q.dossier_id ORDER BY q.received_day, q.dossier_id
            """);
        IndexSource.Bind(command, question.Units, question.Period);
        command.Parameters.AddWithValue("day", after.Day);
        command.Parameters.AddWithValue("id", after.Id);
        command.Parameters.AddWithValue("count", count);
        var calendar = await calendars.GetAsync(ct);
        var (items, owners) = (new List<BehindItem>(), new List<Guid>());
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var row = Row.Of(reader, question.Period.To);
                items.Add(row.Item(component, calendar));
                if (row.Owner is { } owner)
                    owners.Add(owner);
            }
        }

        await reads.AddPageAsync(ReadRecord.DossierList, owners, ct);
        return items;
    }

    private sealed record Row(
        Guid Id, string Unit, string Procedure, DateOnly Received, DateOnly? Accepted, DateOnly? Ended, DateOnly ClockEnd, DateOnly? Due, int Requests,
            bool Open, bool InTime,
        bool Good, string? Code, Guid? Owner, string? Name)
    {
        public static Row Of(NpgsqlDataReader r, DateOnly to)
        {
            var ended = Day(r, 5);
            if (ended > to)
                ended = null;
            var waits = !r.IsDBNull(7) && r.GetInt16(7) is 5 or 6;
            return new Row(
                r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateOnly>(3), Day(r, 4), ended, ended ?? (waits ? Day(r, 8)!.Value : to),
                    Day(r, 6), r.GetInt32(9),
                r.GetBoolean(10), r.GetBoolean(11), r.GetBoolean(12), Text(r, 13), r.IsDBNull(14) ? null : r.GetGuid(14), Text(r, 15));
        }

        public BehindItem Item(string component, WorkCalendar calendar) => new(
            Kind, Id.ToString(), Code, Procedure, Name, Unit, Received, Ended, Due,
            Accepted is { } accepted && accepted <= ClockEnd ? calendar.Between(accepted.DayNumber, ClockEnd.DayNumber) : null,
            Good, component == "2.1" ? Reasons.OfTime(InTime, Requests, Open, ClockEnd, Due) : Reasons.Of(component, Good));

        // Without an end it is "infinity", which no day holds.
        private static DateOnly? Day(NpgsqlDataReader r, int i) =>
            r.IsDBNull(i) || r.GetFieldValue<DateOnly>(i) is var day && day == DateOnly.MaxValue ? null : r.GetFieldValue<DateOnly>(i);

        private static string? Text(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);
    }
}
