using AiApp.Contracts;
using AiApp.Web.Components.Pages.Sources.Form;

namespace AiApp.Web.Tests.Sources;

public sealed class SourceDraftTests
{
    [Fact]
    public void What_is_typed_becomes_the_request_of_its_kind_alone()
    {
        var draft = new SourceDraft
        {
            Kind = SourceDraft.Git, Name = " Handbook ", Place = " https://git.example.com/a.git ", Branch = "main", Include = "**/*.md\n\n docs/** \n",
            Secret = " ", Readers = "group:hr, user:ann", Interval = "2", Unit = "hours", Urls = "https://left.over.example",
        };

        var (request, errors) = draft.Read();

        Assert.Empty(errors);
        Assert.Equal(("Handbook", 7_200, true), (request!.Name, request.IntervalSeconds, request.Enabled));
        Assert.Equal(("https://git.example.com/a.git", "main", null), (request.Git!.Repository, request.Git.Branch, request.Git.Secret));
        Assert.Equal(["**/*.md", "docs/**"], request.Git.Include!);
        Assert.Equal(["group:hr", "user:ann"], request.Readers!);
        Assert.Null(request.Collection);
        Assert.True(request is { Folder: null, Web: null, AzureBlob: null });
    }

    [Theory]
    [InlineData(SourceDraft.Folder, "Name Place")]
    [InlineData(SourceDraft.Git, "Name Place")]
    [InlineData(SourceDraft.AzureBlob, "Name Place")]
    [InlineData(SourceDraft.Web, "Name Sitemaps")]
    public void What_is_missing_is_said_before_anything_is_asked(string kind, string fields)
    {
        var (request, errors) = new SourceDraft { Kind = kind }.Read();

        Assert.Null(request);
        Assert.Equal(fields, string.Join(' ', errors.Keys.Order()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("-3")]
    [InlineData("99999999999")]
    public void An_interval_is_a_whole_number(string interval) =>
        Assert.Contains(nameof(SourceDraft.Interval), new SourceDraft { Name = "a", Place = "/a", Interval = interval }.Read().Errors.Keys);

    [Fact]
    public void An_interval_that_is_too_long_for_a_number_is_left_for_the_Api_to_refuse() =>
        Assert.Equal(int.MaxValue, new SourceDraft { Name = "a", Place = "/a", Interval = "2678400", Unit = "days" }.Read().Request!.IntervalSeconds);

    [Fact]
    public void A_source_comes_back_from_the_form_as_it_went_in()
    {
        var source = new SourceDto
        {
            Id = Guid.Empty, Name = "Site", Kind = "web", Collection = "web", Readers = ["group:hr"], IntervalSeconds = 5_400, Enabled = false,
            State = SourceStates.Disabled, NextRunAt = default, CreatedAt = default, DocumentCount = 0,
            Web = new() { Urls = ["https://a.example/1"], Sitemaps = ["https://a.example/s.xml"], Hosts = ["b.example"], MaxPages = 30 },
        };

        var draft = SourceDraft.From(source);
        var request = draft.Read().Request!;

        Assert.Equal(("90", "minutes"), (draft.Interval, draft.Unit));
        Assert.Equal((5_400, false, "Site", 30), (request.IntervalSeconds, request.Enabled, request.Name, request.Web!.MaxPages));
        Assert.Equal(["https://a.example/1", "https://a.example/s.xml", "b.example", "group:hr"], [.. request.Web.Urls!, .. request.Web.Sitemaps!, .. request.Web.Hosts!, .. request.Readers!]);
    }

    [Theory]
    [InlineData(SourceDraft.Folder, "folder", "Place")]
    [InlineData(SourceDraft.Git, "git", "Place")]
    [InlineData(SourceDraft.Git, "git.branch", "Branch")]
    [InlineData(SourceDraft.AzureBlob, "azureBlob.secret", "Secret")]
    [InlineData(SourceDraft.AzureBlob, "azureBlob.container", "Place")]
    [InlineData(SourceDraft.Web, "web.maxPages", "MaxPages")]
    [InlineData(SourceDraft.Web, "intervalSeconds", "Interval")]
    [InlineData(SourceDraft.Web, "something new", null)]
    public void A_problem_stands_at_the_field_it_is_about(string kind, string setting, string? field) =>
        Assert.Equal(field, new SourceDraft { Kind = kind }.FieldOf(setting, "This is wrong."));

    [Fact]
    public void A_problem_of_a_page_stands_where_its_address_was_typed()
    {
        var draft = new SourceDraft { Kind = SourceDraft.Web, Urls = "https://a.example/1", Sitemaps = "https://a.example/s.xml" };

        Assert.Equal("Urls", draft.FieldOf("web", "https://a.example/1: The site answered 500."));
        Assert.Equal("Sitemaps", draft.FieldOf("web", "The sitemap https://a.example/s.xml answered 404."));
        Assert.Equal("Sitemaps", new SourceDraft { Kind = SourceDraft.Web, Sitemaps = "https://a.example/s.xml" }.FieldOf("web", "It cannot be reached."));
    }
}
