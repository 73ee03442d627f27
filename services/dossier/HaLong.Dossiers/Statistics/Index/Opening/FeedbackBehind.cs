using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Index.Views;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Index.Opening;

/// <summary>The feedback and the ratings behind a figure; without what was written.</summary>
internal sealed class FeedbackBehind(NpgsqlDataSource database)
{
    private const string Kind = "feedback", Rating = "rating";

    public Task<long> CountAsync(IndexQuestion question, string condition, CancellationToken ct) =>
        CountAsync($"SELECT count(*){FeedbackSets.From}{IndexSource.Limit("b", question.Units)} AND {condition}", question, ct);

    public Task<long> CountComplaintsAsync(IndexQuestion question, CancellationToken ct) =>
        CountAsync($"SELECT count(*) FROM {FeedbackSets.Complaints} c WHERE true{IndexSource.Limit("c", question.Units)}", question, ct);

    public Task<List<BehindItem>> ReadAsync(IndexQuestion question, string component, string condition, string good, BehindKey after, int count,
        CancellationToken ct) =>
        ReadAsync($"""
            SELECT '{Kind}', q.* FROM (SELECT b.id, b.unit_code, b.procedure_code, (b.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
              (b.answered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, coalesce(({good}), false)
              {FeedbackSets.From}{IndexSource.Limit("b", question.Units)} AND {condition}) q
            WHERE (q.day, q.id) > (@day, @id) ORDER BY q.day, q.id LIMIT @count
            """, question, after, count, row => Reasons.Of(component, row.GetBoolean(6)), ct);

    public Task<List<BehindItem>> ReadComplaintsAsync(IndexQuestion question, BehindKey after, int count, CancellationToken ct) =>
        ReadAsync($"""
            SELECT q.* FROM (SELECT CASE WHEN c.rating THEN '{Rating}' ELSE '{Kind}' END AS kind, c.id, c.unit_code, c.procedure_code, c.day, NULL::date, false
              FROM {FeedbackSets.Complaints} c WHERE true{IndexSource.Limit("c", question.Units)}) q
            WHERE (q.kind COLLATE "C", q.day, q.id) > (@kind COLLATE "C", @day, @id) ORDER BY q.kind COLLATE "C", q.day, q.id LIMIT @count
            """, question, after.Kind == DossiersBehind.Kind ? BehindKey.Start : after, count, row => Reasons.Complaint(row.GetString(0) == Rating), ct);

    private async Task<List<BehindItem>> ReadAsync(string sql, IndexQuestion question, BehindKey after, int count, Func<NpgsqlDataReader, string> why,
        CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        IndexSource.Bind(command, question.Units, question.Period);
        command.Parameters.AddWithValue("kind", after.Kind);
        command.Parameters.AddWithValue("day", after.Day);
        command.Parameters.AddWithValue("id", after.Id);
        command.Parameters.AddWithValue("count", count);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var items = new List<BehindItem>();
        while (await reader.ReadAsync(ct))
            items.Add(new BehindItem(
                reader.GetString(0), reader.GetGuid(1).ToString(), null, reader.IsDBNull(3) ? null : reader.GetString(3), null, reader.GetString(2),
                reader.GetFieldValue<DateOnly>(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<DateOnly>(5), null, null, reader.GetBoolean(6),
                    why(reader)));
        return items;
    }

    private async Task<long> CountAsync(string sql, IndexQuestion question, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        IndexSource.Bind(command, question.Units, question.Period);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
