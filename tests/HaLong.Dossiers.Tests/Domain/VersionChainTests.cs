using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Tests.Domain;

public sealed class VersionChainTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly VersionSpan Old = new(Guid.CreateVersion7(), new DateOnly(2026, 1, 1), new DateOnly(2026, 6, 30));
    private static readonly VersionSpan Now = new(Guid.CreateVersion7(), new DateOnly(2026, 7, 1), null);

    [Fact]
    public void The_first_version_follows_on_nothing()
    {
        var plan = VersionChain.Publish([], Today, null, null, Today).Value;
        Assert.Equal(new ChainPlan(null, null, null, null), plan);
    }

    [Fact]
    public void A_new_version_ends_the_one_that_has_no_end()
    {
        var plan = VersionChain.Publish([Old, Now], Today.AddDays(10), null, null, Today).Value;
        Assert.Equal(new ChainPlan(Now.Id, Now.Id, null, null), plan);
    }

    [Fact]
    public void A_version_before_a_planned_one_lasts_until_that_begins()
    {
        var future = new VersionSpan(Guid.CreateVersion7(), Today.AddDays(60), null);
        var ending = Now with { To = Today.AddDays(59) };
        var plan = VersionChain.Publish([Old, ending, future], Today.AddDays(30), null, null, Today).Value;
        Assert.Equal(new ChainPlan(Now.Id, Now.Id, null, Today.AddDays(59)), plan);
    }

    [Fact]
    public void After_a_gap_nothing_has_to_end()
    {
        var ended = Now with { To = Today.AddDays(-1) };
        Assert.Equal(new ChainPlan(Now.Id, null, null, Today.AddDays(5)), VersionChain.Publish([ended], Today, Today.AddDays(5), null, Today).Value);
    }

    [Fact]
    public void Several_versions_can_be_planned()
    {
        var first = new VersionSpan(Guid.CreateVersion7(), Today.AddDays(30), null);
        Assert.Equal(first.Id, VersionChain.Publish([Now, first], Today.AddDays(90), null, null, Today).Value.Ends);
    }

    [Theory]
    [InlineData(-1, null, "DOS-0209")]
    [InlineData(-400, null, "DOS-0209")]
    [InlineData(5, 4, "DOS-0210")]
    [InlineData(60, null, "DOS-0211")]
    [InlineData(30, 60, "DOS-0211")]
    [InlineData(30, 400, "DOS-0211")]
    public void What_lies_in_the_past_or_overlaps_is_refused(int from, int? to, string code)
    {
        var future = new VersionSpan(Guid.CreateVersion7(), Today.AddDays(60), null);
        var refused = VersionChain.Publish([Now with { To = Today.AddDays(59) }, future], Today.AddDays(from), to is { } days ? Today.AddDays(days) : null, null, Today);
        Assert.Equal(code, refused.Error.Code);
    }

    [Fact]
    public void An_overlap_names_the_day()
    {
        var refused = VersionChain.Publish([new VersionSpan(Guid.CreateVersion7(), Today, null)], Today, null, null, Today);
        Assert.Contains("23/11/2026", refused.Error.Vi, StringComparison.Ordinal);
        Assert.Contains("2026-11-23", refused.Error.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_of_the_same_day_can_be_replaced_when_it_is_named()
    {
        var future = new VersionSpan(Guid.CreateVersion7(), Today.AddDays(7), null);
        var plan = VersionChain.Publish([Now with { To = Today.AddDays(6) }, future], Today.AddDays(7), null, future.Id, Today).Value;
        Assert.Equal(new ChainPlan(future.Id, null, future.Id, null), plan);
    }

    [Fact]
    public void What_begins_on_another_day_cannot_be_replaced()
    {
        Assert.Equal("DOS-0212", VersionChain.Publish([Now], Today, null, Now.Id, Today).Error.Code);
        Assert.Equal("DOS-0212", VersionChain.Publish([], Today, null, Guid.CreateVersion7(), Today).Error.Code);
    }

    [Fact]
    public void A_repeal_ends_what_is_in_force_on_the_day()
    {
        Assert.Equal(Now.Id, VersionChain.Repeal([Old, Now], Today.AddDays(30), Today).Value);
        Assert.Equal("DOS-0209", VersionChain.Repeal([Now], Today.AddDays(-1), Today).Error.Code);
        Assert.Equal("DOS-0213", VersionChain.Repeal([Old], Today, Today).Error.Code);
        Assert.Equal("DOS-0211", VersionChain.Repeal([Now with { To = Today.AddDays(8) }, new VersionSpan(Guid.CreateVersion7(), Today.AddDays(9), null)], Today, Today).Error.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_published_in_any_order_no_day_has_two_versions(int seed)
    {
        var random = new Random(seed);
        var versions = new List<VersionSpan>();
        for (var i = 0; i < 300; i++)
        {
            var from = Today.AddDays(random.Next(-5, 200));
            DateOnly? to = random.Next(3) == 0 ? from.AddDays(random.Next(-2, 40)) : null;
            var planned = VersionChain.Publish(versions, from, to, null, Today);
            if (!planned.IsSuccess)
                continue;
            var plan = planned.Value;
            versions = [.. versions.Select(v => v.Id == plan.Ends ? v with { To = from.AddDays(-1) } : v), new VersionSpan(Guid.CreateVersion7(), from, plan.To)];
        }
        Assert.True(versions.Count > 20);
        for (var day = Today; day < Today.AddDays(260); day = day.AddDays(1))
            Assert.True(versions.Count(v => v.From <= day && (v.To is null || v.To >= day)) <= 1, $"{day}");
        Assert.True(versions.Count(v => v.To is null) <= 1);
    }
}
