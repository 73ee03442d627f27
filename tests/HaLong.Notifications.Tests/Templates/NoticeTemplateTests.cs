using HaLong.Notifications.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>Every step of a template in every state.</summary>
public sealed class NoticeTemplateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 2, 15, 0, TimeSpan.Zero);
    private static readonly Guid Editor = Guid.CreateVersion7(), Other = Guid.CreateVersion7(), Reviewer = Guid.CreateVersion7();
    private static readonly TemplateText Text = new("{}", "a"), Changed = new("{\"x\":1}", "b");

    public static TheoryData<string, string, bool> Steps
    {
        get
        {
            var may = new HashSet<(string, string)> { ("draft", "edit"), ("draft", "submit"), ("inReview", "return"), ("inReview", "publish"), ("published", "retire") };
            return [.. from state in (string[])["draft", "inReview", "published", "retired"] from step in (string[])["edit", "submit", "return", "publish", "retire"] select (state, step, may.Contains((state, step)))];
        }
    }

    [Theory, MemberData(nameof(Steps))]
    public void A_step_is_taken_in_its_state_only(string state, string step, bool may)
    {
        var template = In(state);

        var done = Take(template, step);

        Assert.Equal(may, done.IsSuccess);
        if (!may)
        {
            Assert.Equal("NOT-0206", done.Error.Code);
            Assert.Contains(state, done.Error.En, StringComparison.Ordinal);
            Assert.Equal(state, Words.Of(template.State));
        }
    }

    [Fact]
    public void From_a_draft_to_a_version()
    {
        var draft = NoticeTemplate.Open("dossier-returned", Text, 3, "why", Editor, Now);
        Assert.Equal((TemplateState.Draft, null, 3, "why"), (draft.State, draft.Number, draft.BasedOn, draft.Note));

        Assert.True(draft.Edit(Changed, null, "more", Other, Now.AddMinutes(1)).IsSuccess);
        Assert.Equal([Editor, Other], draft.Editors);
        Assert.Equal(("b", 3, Now.AddMinutes(1)), (draft.ContentHash, draft.BasedOn, draft.UpdatedAt));

        Assert.True(draft.Submit(Now.AddMinutes(2)).IsSuccess);
        Assert.Equal(Now.AddMinutes(2), draft.SubmittedAt);
        Assert.True(draft.Return("shorter", Now.AddMinutes(3)).IsSuccess);
        Assert.Equal((TemplateState.Draft, "shorter", null), (draft.State, draft.Reason, draft.SubmittedAt));
        Assert.True(draft.Submit(Now.AddMinutes(4)).IsSuccess);
        Assert.Null(draft.Reason);

        Assert.True(draft.Publish(Reviewer, 3, Now.AddDays(1), Now.AddMinutes(5)).IsSuccess);
        Assert.Equal((TemplateState.Published, 4, Reviewer), (draft.State, draft.Number, draft.ReviewedBy));
        Assert.Equal((Now.AddMinutes(5), Now.AddDays(1)), (draft.PublishedAt, draft.ValidFrom));

        Assert.True(draft.Retire("wrong", Now.AddDays(2)).IsSuccess);
        Assert.Equal((TemplateState.Retired, "wrong", Now.AddDays(2)), (draft.State, draft.Reason, draft.RetiredAt));
    }

    [Fact]
    public void Nobody_who_wrote_any_of_it_publishes_it()
    {
        var draft = NoticeTemplate.Open("dossier-returned", Text, 1, null, Editor, Now);
        draft.Edit(Changed, null, null, Other, Now);
        draft.Submit(Now);

        Assert.Equal("NOT-0207", draft.Publish(Editor, 1, Now, Now).Error.Code);
        Assert.Equal("NOT-0207", draft.Publish(Other, 1, Now, Now).Error.Code);
        Assert.True(draft.Publish(Reviewer, 1, Now, Now).IsSuccess);
    }

    [Theory]
    [InlineData(1, 2, "NOT-0208")]
    [InlineData(null, 1, "NOT-0208")]
    [InlineData(1, null, "NOT-0208")]
    public void What_was_made_from_an_older_version_is_not_published(int? basis, int? latest, string code)
    {
        var draft = NoticeTemplate.Open("dossier-returned", Text, basis, null, Editor, Now);
        draft.Submit(Now);

        Assert.Equal(code, draft.Publish(Reviewer, latest, Now, Now).Error.Code);
        Assert.Equal(TemplateState.InReview, draft.State);
    }

    [Fact]
    public void Nothing_is_published_into_the_past_and_the_first_version_is_one()
    {
        var draft = NoticeTemplate.Open("dossier-returned", Text, null, null, Editor, Now);
        draft.Submit(Now);

        Assert.Equal("NOT-0209", draft.Publish(Reviewer, null, Now.AddTicks(-1), Now).Error.Code);
        Assert.True(draft.Publish(Reviewer, null, Now, Now).IsSuccess);
        Assert.Equal(1, draft.Number);
    }

    [Fact]
    public void What_came_with_the_program_is_in_force_at_once()
    {
        var version = NoticeTemplate.OfProgram("dossier-returned", 2, Text, Now);

        Assert.Equal((TemplateState.Published, 2, true, Now), (version.State, version.Number, version.Shipped, version.ValidFrom));
        Assert.Empty(version.Editors);
        Assert.False(NoticeTemplate.Open("dossier-returned", Text, null, null, Editor, Now).Shipped);
    }

    [Fact]
    public void An_editor_says_what_a_draft_now_builds_on()
    {
        var draft = NoticeTemplate.Open("dossier-returned", Text, 1, null, Editor, Now);

        draft.Edit(Text, 4, null, Editor, Now);

        Assert.Equal(4, draft.BasedOn);
        Assert.Single(draft.Editors);
    }

    [Fact]
    public void Whatever_people_try_no_editor_publishes_and_no_version_changes()
    {
        var random = new Random(20261202);
        for (var life = 0; life < 300; life++)
        {
            Guid[] people = [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7())];
            var (latest, at) = (random.Next(1, 5), Now);
            var template = NoticeTemplate.Open("dossier-returned", Text, latest, null, people[0], at);
            for (var turn = 0; turn < 25; turn++)
            {
                var (who, state, number, hash) = (people[random.Next(3)], template.State, template.Number, template.ContentHash);
                at = at.AddMinutes(1);
                if (random.Next(12) == 0)
                    latest++;
                var step = random.Next(5);
                var done = step switch
                {
                    0 => template.Edit(new TemplateText("{}", $"{life}-{turn}"), random.Next(2) == 0 ? latest : null, null, who, at),
                    1 => template.Submit(at),
                    2 => template.Return("why", at),
                    3 => template.Publish(who, latest, at, at),
                    _ => template.Retire("why", at),
                };

                if (!done.IsSuccess)
                    Assert.Equal((state, number, hash), (template.State, template.Number, template.ContentHash));
                if (number is not null)
                    Assert.Equal((number, hash), (template.Number, template.ContentHash));
                Assert.Equal(template.State is TemplateState.Published or TemplateState.Retired, template.Number is not null);
                Assert.DoesNotContain(template.ReviewedBy ?? Guid.Empty, template.Editors);
                if (number is null && template.Number is { } given)
                    Assert.Equal((latest + 1, latest, at), (given, template.BasedOn, template.ValidFrom));
            }
        }
    }

    private static NoticeTemplate In(string state)
    {
        var template = NoticeTemplate.Open("dossier-returned", Text, null, null, Editor, Now);
        if (state != "draft")
            Assert.True(template.Submit(Now).IsSuccess);
        if (state is "published" or "retired")
            Assert.True(template.Publish(Reviewer, null, Now, Now).IsSuccess);
        if (state == "retired")
            Assert.True(template.Retire("why", Now).IsSuccess);
        return template;
    }

    private static Result Take(NoticeTemplate template, string step) => step switch
    {
        "edit" => template.Edit(Changed, null, null, Other, Now),
        "submit" => template.Submit(Now),
        "return" => template.Return("why", Now),
        "publish" => template.Publish(Reviewer, null, Now, Now),
        _ => template.Retire("why", Now),
    };
}
