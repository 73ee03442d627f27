using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Queues;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Queues;

/// <summary>What may be searched for, and in which order it is shown; without a database.</summary>
public sealed class SearchRequestTests
{
    [Theory]
    [InlineData("an", null)]
    [InlineData("  Nguyễn Văn An  ", null)]
    [InlineData(null, "022185000123")]
    [InlineData(null, " 022185000123 ")]
    public void One_of_both_is_enough(string? text, string? number) => Assert.Null(new SearchRequest(text, number, null, null, null).Check());

    [Theory]
    [InlineData(null, null, "text")]
    [InlineData("an", "022185000123", "text")]
    [InlineData("", null, "text")]
    [InlineData(" a ", null, "text")]
    [InlineData(null, "", "personalNumber")]
    [InlineData(null, "٠٢٢١٨٥٠٠٠١٢٣", "personalNumber")]
    public void Everything_else_is_refused_by_field(string? text, string? number, string field)
    {
        var error = new SearchRequest(text, number, null, null, null).Check()!;
        Assert.Equal("DOS-0702", error.Code);
        Assert.Contains(field, error.Fields.Keys);
        Assert.All(error.FieldMessages, m => Assert.NotEqual(m.Vi, m.En));
    }

    [Fact]
    public void A_name_has_at_most_a_hundred_characters()
    {
        Assert.Null(new SearchRequest(new string('a', 100), null, null, null, null).Check());
        Assert.NotNull(new SearchRequest(new string('a', 101), null, null, null, null).Check());
    }

    [Fact]
    public void A_cursor_fits_only_how_the_page_before_was_found()
    {
        var rows = Enumerable.Empty<Dossier>().AsQueryable();
        var row = QueueFilterTests.Row();
        string[] kinds = [SearchOrder.ByCode, SearchOrder.ByName, SearchOrder.ByNearName, SearchOrder.ByNumber];
        foreach (var kind in kinds)
        {
            Assert.True(SearchOrder.Apply(rows, kind, null).IsSuccess);
            Assert.True(SearchOrder.Apply(rows, kind, SearchOrder.KeyOf(kind, row)).IsSuccess);
            foreach (var other in kinds.Where(k => k != kind))
                Assert.Equal("DOS-0702", SearchOrder.Apply(rows, other, SearchOrder.KeyOf(kind, row)).Error.Code);
        }
    }

    [Theory]
    [InlineData("x", "01900000-0000-7000-8000-000000000000")]
    [InlineData("2026-11-02T00:00:00Z", "x")]
    public void A_moment_and_an_id_are_what_they_say(string moment, string id) =>
        Assert.False(SearchOrder.Apply(Enumerable.Empty<Dossier>().AsQueryable(), SearchOrder.ByNumber, [SearchOrder.ByNumber, moment, id]).IsSuccess);

    [Fact]
    public void The_errors_of_queues_say_what_kind_they_are()
    {
        Assert.Equal(
            [(ErrorKind.Validation, "DOS-0701"), (ErrorKind.Validation, "DOS-0702"), (ErrorKind.Unavailable, "DOS-0703")],
            new[] { QueueErrors.Invalid, QueueErrors.SearchInvalid, QueueErrors.NumberUnavailable }.Select(e => (e.Kind, e.Code)));
        Assert.Equal(5, QueueErrors.NumberUnavailable.RetryAfterSeconds);
    }
}
