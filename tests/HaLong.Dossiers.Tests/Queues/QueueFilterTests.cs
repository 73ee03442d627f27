using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Queues;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Queues;

/// <summary>What a request asks for, read without a database.</summary>
public sealed class QueueFilterTests
{
    private static readonly QueueParameters Nothing = new();

    [Fact]
    public void Nothing_asked_for_is_the_units_queue_oldest_first()
    {
        var filter = QueueFilter.Read(Nothing).Value;
        Assert.Equal(("unit", "filed"), (filter.Queue, filter.Sort));
        Assert.Equal(
            (null, null, null, null, null), (filter.Procedure, filter.Officer, filter.Status, filter.FiledFrom, filter.DueBefore));
    }

    [Fact]
    public void Every_queue_has_an_order_of_its_own_which_can_be_changed()
    {
        foreach (var queue in QueueKinds.All)
        {
            Assert.Equal(queue is "expiring" or "overdue" ? "due" : "filed", QueueFilter.Read(Nothing with { Queue = queue }).Value.Sort);
            Assert.Equal("due", QueueFilter.Read(Nothing with { Queue = queue, Sort = "due" }).Value.Sort);
            Assert.Equal("filed", QueueFilter.Read(Nothing with { Queue = queue, Sort = "filed" }).Value.Sort);
        }
    }

    [Fact]
    public void Days_begin_and_end_at_local_midnight()
    {
        var filter = QueueFilter.Read(Nothing with { FiledFrom = "2026-11-02", FiledTo = "2026-11-02", DueBefore = "2026-12-01" }).Value;
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 17, 0, 0, TimeSpan.Zero), filter.FiledFrom);
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 17, 0, 0, TimeSpan.Zero), filter.FiledBefore);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 17, 0, 0, TimeSpan.Zero), filter.DueBefore);
    }

    [Fact]
    public void Every_open_state_can_be_asked_for_and_no_other()
    {
        foreach (var status in DossierStatus.All)
            Assert.Equal(DossierStatus.Open.Contains(status), QueueFilter.Read(Nothing with { Status = status }).IsSuccess);
    }

    [Theory]
    [InlineData("2026-1-1")]
    [InlineData("2026-02-30")]
    [InlineData("1900-01-01")]
    [InlineData("tomorrow")]
    [InlineData("")]
    public void What_is_no_day_is_refused(string day)
    {
        foreach (var (parameters, field) in new[] { (Nothing with { FiledFrom = day }, "filedFrom"), (Nothing with { FiledTo = day }, "filedTo"), (Nothing with { DueBefore = day }, "dueBefore") })
            Assert.Equal([field], QueueFilter.Read(parameters).Error.Fields.Keys);
    }

    [Fact]
    public void Refusals_speak_both_languages()
    {
        var error = QueueFilter.Read(Nothing with { Queue = "x", Officer = "y", Search = "z" }).Error;
        Assert.Equal("DOS-0701", error.Code);
        Assert.All(error.FieldMessages, m => Assert.True(m.Vi.Length > 0 && m.En.Length > 0 && m.Vi != m.En, m.Field));
    }

    [Fact]
    public void A_cursor_keeps_its_place_to_the_microsecond()
    {
        var row = Row(due: new DateTimeOffset(2026, 11, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1230));
        foreach (var (sort, at) in new[] { ("due", row.DueOrder), ("filed", row.SubmittedAt) })
        {
            var key = QueueKey.Read(Cursor.Encode(QueueKey.Of(sort, row)), sort).Value!;
            Assert.Equal((sort, at, row.Id), (key.Sort, key.At, key.Id));
            Assert.False(QueueKey.Read(Cursor.Encode(QueueKey.Of(sort, row)), sort == "due" ? "filed" : "due").IsSuccess);
        }

        Assert.Null(QueueKey.Read(null, "due").Value);
        Assert.Null(QueueKey.Read("", "due").Value);
        foreach (var parts in new[] { new[] { "due" }, ["due", "x", row.Id.ToString()], ["due", "2026-11-02", "x"], ["due", "2026-11-02", row.Id.ToString(), "more"] })
            Assert.False(QueueKey.Read(Cursor.Encode(parts), "due").IsSuccess);
    }

    internal static QueueRow Row(DateTimeOffset? due = null, bool running = true, HaLong.Dossiers.Deadlines.LimitUnit? limit = null, Guid? officer = null, bool askedTwice = false) => new()
    {
        Id = Guid.CreateVersion7(),
        Code = "C",
        Status = DossierStatus.Processing,
        QueuedFor = "officer",
        ProcedureCode = "1.013978",
        ProcedureNameVi = "Đất",
        ProcedureNameEn = "Land",
        UnitCode = "06688",
        Subject = "Cấp giấy",
        OwnerId = Guid.CreateVersion7(),
        OwnerName = "Nguyễn Văn An",
        Channel = "online",
        OfficerId = officer,
        DueAt = due,
        DueOrder = running && due is { } known ? known : new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero),
        LimitUnit = limit,
        AskedTwice = askedTwice,
        Version = 1,
        CreatedAt = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
        SubmittedAt = new DateTimeOffset(2026, 11, 1, 1, 0, 0, TimeSpan.Zero),
    };
}
