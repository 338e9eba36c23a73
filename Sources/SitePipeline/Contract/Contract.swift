import CivilTime
import Columns
import Markdown
import SourceText
import Templates
import YAML

/// The version of ``templateContract`` that themes name in their `theme.yaml`.
let templateContractVersion = 1

/// The numbers of the contract's types.
enum ContractType {
  static let site = TypeID(0), page = TypeID(1), menuItem = TypeID(2), feedLink = TypeID(3)
  static let crumb = TypeID(4), column = TypeID(5), writeUp = TypeID(6), byline = TypeID(7)
  static let stage = TypeID(8), statusChange = TypeID(9), creditGroup = TypeID(10), credit = TypeID(11)
  static let campaign = TypeID(12), video = TypeID(13), image = TypeID(14), externalLink = TypeID(15)
  static let sponsor = TypeID(16), section = TypeID(17), heading = TypeID(18), titleCard = TypeID(19)
  static let badge = TypeID(20), week = TypeID(21), slot = TypeID(22), ballot = TypeID(23)
  static let ballotLine = TypeID(24), comment = TypeID(25), year = TypeID(26), month = TypeID(27)
  static let letter = TypeID(28), person = TypeID(29), personCredit = TypeID(30), coWorker = TypeID(31)
  static let term = TypeID(32), taxonomy = TypeID(33), freePage = TypeID(34), pagination = TypeID(35)
  static let pageNumber = TypeID(36), exclusion = TypeID(37)
}

private typealias T = ContractType
private typealias Get = Templates.Field<SiteModel>
private typealias Object = ObjectType<SiteModel>

/// Everything that a template can see: each type and field with a sentence for theme authors.
///
/// The type checker's schema, the values at run time and the reference come from here alone.
let templateContract = Contract<SiteModel>(
  version: templateContractVersion,
  types: siteTypes + writeUpTypes + commentFormTypes + weekTypes + archiveTypes + relationTypes,
  globals: [
    Get("site", .object(T.site), "The site as a whole; the same on every page.") { _, _ in object(T.site, 0)
    },
    Get("page", .object(T.page), "The page being rendered.", perPage: true),
  ],
  pages: pageKinds)

/// The kinds of page, in the order of ``PageTemplate``.
private let pageKinds: [PageKind<SiteModel>] = [
  PageKind(template: "home.html", summary: "The front page.", fields: []),
  PageKind(
    template: "column.html", summary: "A part of a column's front, newest first.",
    fields: [
      Get("column", .object(T.column), "The column."),
      Get("pagination", .object(T.pagination), "The part of it shown."),
    ]),
  PageKind(
    template: "write-up.html", summary: "A write-up.",
    fields: [Get("writeup", .object(T.writeUp), "The write-up.")]),
  PageKind(
    template: "week.html", summary: "A column's week with its vote.",
    fields: [Get("week", .object(T.week), "The week.")]),
  PageKind(
    template: "weeks.html", summary: "The list of a column's weeks.",
    fields: [Get("column", .object(T.column), "The column.")]),
  PageKind(
    template: "year.html", summary: "A column's year.", fields: [Get("year", .object(T.year), "The year.")]),
  PageKind(
    template: "month.html", summary: "A column's month.",
    fields: [Get("month", .object(T.month), "The month.")]),
  PageKind(
    template: "a-z.html", summary: "A column's write-ups by title.",
    fields: [
      Get("column", .object(T.column), "The column."),
      Get("letters", .list(.object(T.letter)), "The titles by first letter."),
    ]),
  PageKind(
    template: "people.html", summary: "Everyone with a credit.",
    fields: [Get("letters", .list(.object(T.letter)), "The names by first letter.")]),
  PageKind(
    template: "person.html", summary: "A person.",
    fields: [Get("person", .object(T.person), "The person.")]),
  PageKind(
    template: "taxonomy.html", summary: "The list of all tags, genres, countries, formats or statuses.",
    fields: [Get("taxonomy", .object(T.taxonomy), "The way of filing.")]),
  PageKind(
    template: "term.html", summary: "The write-ups under one tag, genre, country, format or status.",
    fields: [
      Get("term", .object(T.term), "The term."),
      Get("pagination", .object(T.pagination), "The part of it shown."),
    ]),
  PageKind(
    template: "page.html", summary: "A free page, such as About.",
    fields: [Get("free_page", .object(T.freePage), "The page's content.")]),
  PageKind(
    template: "winners.html", summary: "A column's hall of winners.",
    fields: [Get("column", .object(T.column), "The column.")]),
  PageKind(
    template: "campaigns.html", summary: "The crowdfunding of all projects, by where it stands.",
    fields: [
      Get("ending_soon", .list(.object(T.writeUp)), "Those with a week or less left, soonest first."),
      Get("live", .list(.object(T.writeUp)), "The others that are live, soonest to end first."),
      Get("upcoming", .list(.object(T.writeUp)), "Those that have not begun, soonest first."),
      Get("pagination", .object(T.pagination), "Those that are over, latest first, in parts."),
    ]),
  PageKind(
    template: "search.html", summary: "The page on which readers search the site.",
    fields: [Get("search_script", .link, "The program that fills the page in, with its index beside it.")]),
  PageKind(template: "not-found.html", summary: "What is shown for a missing page.", fields: []),
  PageKind(
    template: "redirect.html", summary: "A former address that leads to the present one.",
    fields: [Get("target", .link, "The present address.")]),
]

// MARK: - The site and its pages

private let siteTypes: [Object] = [
  Object(
    id: T.site, name: "Site", summary: "The site as a whole.",
    fields: [
      Get("title", .string, "The site's name.") { m, _ in .string(m.archive.site.title) },
      Get("description", .optional(.string), "One sentence about the site.") { m, _ in
        optional(m.archive.site.description)
      },
      Get("url", .optional(.string), "The absolute address of the site, if it has one.") { m, _ in
        optional(m.archive.site.url)
      },
      Get("language", .string, "The language tag, such as en.") { m, _ in .string(m.archive.site.language) },
      Get("direction", .string, "How the language is written: ltr or rtl.") { m, _ in
        .string(m.archive.site.isRightToLeft ? "rtl" : "ltr")
      },
      Get("locale", .string, "The language as those ask for it who show shared pages, such as en_US.") {
        m, _ in
        .string(m.archive.site.locale)
      },
      Get("author", .optional(.string), "Who publishes the site.") { m, _ in optional(m.archive.site.author)
      },
      Get("copyright", .optional(.string), "A copyright line.") { m, _ in optional(m.archive.site.copyright)
      },
      Get("generator", .string, "The program that made the site.") { m, _ in .string(m.generator) },
      Get("home", .link, "The front page.") { m, _ in local(m.links.home) },
      Get("menu", .list(.object(T.menuItem)), "The links of the main menu.") { m, _ in
        parts(T.menuItem, of: 0, m.menu.count)
      },
      Get("columns", .list(.object(T.column)), "The columns, in order.") { m, _ in
        objects(T.column, m.archive.columns.indices.map { ID<Column>($0) })
      },
      Get("latest", .list(.object(T.writeUp)), "The twelve latest write-ups of all columns.") { m, _ in
        objects(T.writeUp, m.newestFirst.prefix(12))
      },
      Get("this_week", .list(.object(T.week)), "The latest week with write-ups of each column.") { m, _ in
        objects(
          T.week,
          m.archive.columns.compactMap { column in
            column.weeks.last { !m.archive.weeks[$0].writeUps.isEmpty }
          })
      },
      Get(
        "open_ballots", .list(.object(T.ballot)),
        "The votes that are open: of weeks, months and years, latest first."
      ) { m, _ in
        objects(T.ballot, m.votes.open)
      },
      Get("last_winners", .list(.object(T.week)), "The last twelve weeks with a winner, latest first.") {
        m, _ in
        objects(T.week, m.votes.latestWeeks)
      },
      Get(
        "status_changes", .list(.object(T.statusChange)),
        "The last sixty steps of all projects, latest first."
      ) { m, _ in
        .list(.objects(T.statusChange, m.recentChanges.map(SiteModel.number)))
      },
      Get("pages", .list(.object(T.freePage)), "The pages that belong to no column.") { m, _ in
        objects(T.freePage, m.archive.freePages.indices.map { ID<FreePage>($0) })
      },
      Get("people_link", .optional(.link), "The list of people, if there are any.") { m, _ in
        m.archive.people.isEmpty ? .none : local(m.links.people)
      },
      Get("campaigns_link", .optional(.link), "The list of campaigns, if there are any.") { m, _ in
        m.plan.campaigns.isEmpty ? .none : local(Address("campaigns").link(m.archive.site.links))
      },
      Get(
        "ending_soon", .list(.object(T.writeUp)),
        "The write-ups whose campaign ends within a week, soonest first."
      ) { m, _ in objects(T.writeUp, m.plan.campaigns.endingSoon) },
      Get(
        "deadlines_link", .optional(.link),
        "The calendar of votes and campaigns; none without a url, and when it would be empty."
      ) { m, _ in
        m.records.contains { $0.file == SitePlan.calendarFile } ? local(SitePlan.calendarFile) : .none
      },
      Get("search_link", .optional(.link), "The search page, unless the site has none.") { m, _ in
        m.archive.site.hasSearch ? local(Address("search").link(m.archive.site.links)) : .none
      },
      Get("taxonomies", .list(.object(T.taxonomy)), "The ways of filing that have terms.") { m, _ in
        .list(
          .objects(
            T.taxonomy, m.termsOfKind.indices.filter { !m.termsOfKind[$0].isEmpty }.map { UInt64($0) }))
      },
      Get("feeds", .list(.object(T.feedLink)), "The feeds of the whole site; none without a url.") { m, _ in
        feedLinks(.site, m)
      },
      Get("comment_feeds", .list(.object(T.feedLink)), "The feeds of all comments, once there are any.") {
        m, _ in
        feedLinks(.comments(nil), m)
      },
      Get("status_feeds", .list(.object(T.feedLink)), "The feeds of projects' steps on their way.") { m, _ in
        feedLinks(.statusChanges, m)
      },
      Get("writeup_count", .integer, "The number of write-ups.") { m, _ in
        .integer(m.archive.writeUps.count)
      },
      Get("people_count", .integer, "The number of people.") { m, _ in .integer(m.archive.people.count) },
      Get("as_of", .date, "The day of the build.") { m, _ in
        .date(m.archive.zone.timestamp(of: m.archive.zone.timestamp(at: m.archive.asOf.seconds).date))
      },
    ]),
  Object(
    id: T.menuItem, name: "MenuItem", summary: "A link of the main menu.",
    fields: [
      Get("label", .string, "The words of the link.") { m, id in
        .string(m.menu[Position(id).child].label)
      },
      Get("link", .link, "Where it leads.") { m, id in .link(m.menu[Position(id).child].link) },
    ]),
  Object(
    id: T.feedLink, name: "FeedLink", summary: "A feed.",
    fields: [
      Get("title", .string, "What the feed follows.") { m, id in
        .string(m.plan.feeds.subjects[Position(id).parent].title(in: m.archive, m.words))
      },
      Get("kind", .string, "What its entries are: writeups, comments, weeks, status or winners.") { m, id in
        .string(m.plan.feeds.subjects[Position(id).parent].kind)
      },
      Get("link", .link, "The feed's address.") { m, id in
        let position = Position(id)
        let folder = m.plan.feeds.subjects[position.parent].folder(in: m.archive)
        return local(percentEncoded(FeedFormat.allCases[position.child].file(in: folder)))
      },
      Get("type", .string, "The media type, such as application/atom+xml.") { _, id in
        .string(FeedFormat.allCases[Position(id).child].mediaType)
      },
      Get("format", .string, "rss, atom or json.") { _, id in
        .string(FeedFormat.allCases[Position(id).child].rawValue)
      },
    ]),
  Object(
    id: T.page, name: "Page", summary: "The page being rendered.",
    fields: [
      Get("kind", .string, "What it is: home, column, write-up, week …") { m, id in
        .string(m.plan.pages[Int(id)].subject.template.name)
      },
      Get("title", .string, "The page's own title.") { m, id in .string(m.title(ofPage: Int(id))) },
      Get("description", .optional(.string), "One sentence on what it holds.") { m, id in
        optional(m.description(ofPage: Int(id)))
      },
      Get("link", .link, "The page itself.") { m, id in local(m.plan.pages[Int(id)].link) },
      Get("canonical", .optional(.string), "Its absolute address, if the site has one.") { m, id in
        optional(m.canonical(ofPage: Int(id)))
      },
      Get("image", .optional(.object(T.image)), "A picture to share it with.") { m, id in
        m.image(ofPage: Int(id)).map { object(T.image, $0) } ?? .none
      },
      Get("feeds", .list(.object(T.feedLink)), "The feeds to announce on it.") { m, id in
        feedLinks(m.feeds(ofPage: Int(id)), m)
      },
      Get("crumbs", .list(.object(T.crumb)), "The pages above it, from the front page down.") { m, id in
        parts(T.crumb, of: Int(id), m.crumbs(ofPage: Int(id)).count)
      },
      Get("next", .optional(.link), "The page after it, of those in an order.") { m, id in
        m.neighbour(ofPage: Int(id), after: true).map(local) ?? .none
      },
      Get("previous", .optional(.link), "The page before it, of those in an order.") { m, id in
        m.neighbour(ofPage: Int(id), after: false).map(local) ?? .none
      },
      Get("noindex", .boolean, "Whether search engines should leave it out.") { m, id in
        switch m.plan.pages[Int(id)].subject {
        case .search, .notFound, .redirect: .boolean(true)
        case .writeUp(let writeUp):
          .boolean(!m.archive.writeUps[writeUp].isPublic)
        default: .boolean(false)
        }
      },
      Get(
        "oembed_link", .optional(.link),
        "What a write-up says to programs that embed it, unless the site does without."
      ) {
        m, id in
        guard case .writeUp(let writeUp) = m.plan.pages[Int(id)].subject, m.archive.site.hasOEmbed,
          m.archive.site.url != nil, m.archive.writeUps[writeUp].isPublic
        else { return .none }
        return local(percentEncoded(MachineFile.oEmbed(writeUp).file(in: m.archive)))
      },
      Get(
        "structured_data", .dynamic,
        "What search engines are told, to be written by | json into a script of type application/ld+json; nothing on some pages."
      ) { m, id in m.structuredData(ofPage: Int(id)) },
    ]),
  Object(
    id: T.crumb, name: "Crumb", summary: "A page above another.",
    fields: [
      Get("label", .string, "Its name.") { m, id in
        .string(m.crumbs(ofPage: Position(id).parent)[Position(id).child].label)
      },
      Get("link", .link, "The page.") { m, id in
        local(m.crumbs(ofPage: Position(id).parent)[Position(id).child].link)
      },
    ]),
  Object(
    id: T.column, name: "Column", summary: "A recurring series of write-ups.",
    fields: [
      Get("name", .string, "The name.") { m, id in .string(m.column(id).source.name) },
      Get("slug", .string, "The name in addresses.") { m, id in .string(m.column(id).address) },
      Get("kind", .string, "projects or articles.") { m, id in .string(m.column(id).source.kind.rawValue) },
      Get("item_label", .string, "What a piece is called.") { m, id in .string(m.column(id).source.itemLabel)
      },
      Get("description", .optional(.string), "One sentence about it.") { m, id in
        optional(m.column(id).source.description)
      },
      Get("intro", .optional(.markup), "Its introduction.") { m, id in
        nonEmpty(m.bodies.columns[Int(id)])
      },
      Get("link", .link, "Its front.") { m, id in local(m.links.columns[Int(id)]) },
      Get("writeups", .list(.object(T.writeUp)), "All its write-ups, newest first.") { m, id in
        objects(T.writeUp, m.column(id).writeUps.reversed())
      },
      Get("writeup_count", .integer, "The number of its write-ups.") { m, id in
        .integer(m.column(id).writeUps.count)
      },
      Get("weeks", .list(.object(T.week)), "Its weeks, newest first; none when it has no week pages.") {
        m, id in
        objects(T.week, m.column(id).weeks.reversed())
      },
      Get("years", .list(.object(T.year)), "Its years, newest first.") { m, id in
        objects(T.year, m.column(id).years.reversed())
      },
      Get("has_weeks", .boolean, "Whether it has week pages.") { m, id in
        .boolean(m.column(id).source.hasWeeks)
      },
      Get("weeks_link", .optional(.link), "The list of its weeks.") { m, id in
        m.column(id).source.hasWeeks
          ? local(Address(m.column(id).address + "/weeks").link(m.archive.site.links)) : .none
      },
      Get("a_to_z", .link, "Its write-ups by title.") { m, id in
        local(Address(m.column(id).address + "/a-z").link(m.archive.site.links))
      },
      Get("winners_link", .optional(.link), "Its hall of winners, once there is one.") { m, id in
        m.votes.decided[Int(id)].isEmpty
          ? .none : local(Address(m.column(id).address + "/winners").link(m.archive.site.links))
      },
      Get("decided_weeks", .list(.object(T.week)), "Its weeks whose vote has a winner, newest first.") {
        m, id in
        objects(T.week, m.votes.decided[Int(id)].weeks.reversed())
      },
      Get("decided_months", .list(.object(T.month)), "Its months whose vote has a winner, newest first.") {
        m, id in
        objects(T.month, m.votes.decided[Int(id)].months.reversed())
      },
      Get("decided_years", .list(.object(T.year)), "Its years whose vote has a winner, newest first.") {
        m, id in
        objects(T.year, m.votes.decided[Int(id)].years.reversed())
      },
      Get("cadence", .list(.string), "The English names of the days on which it appears.") { m, id in
        strings(m.column(id).source.cadence.map(\.name))
      },
      Get("feeds", .list(.object(T.feedLink)), "Its feeds; none without a url.") { m, id in
        feedLinks(.column(ID(Int(id))), m)
      },
      Get("comment_feeds", .list(.object(T.feedLink)), "The feeds of its comments, once there are any.") {
        m, id in
        feedLinks(m.commentFeed(of: ID(Int(id))), m)
      },
      Get("digest_feeds", .list(.object(T.feedLink)), "The feeds of its weeks, one entry for each.") {
        m, id in
        feedLinks(.weeks(ID(Int(id))), m)
      },
      Get("winner_feeds", .list(.object(T.feedLink)), "The feeds of its votes that are decided.") { m, id in
        feedLinks(.winners(ID(Int(id))), m)
      },
      Get("latest_week", .optional(.object(T.week)), "Its latest week with write-ups.") { m, id in
        object(T.week, m.column(id).weeks.last { !m.archive.weeks[$0].writeUps.isEmpty })
      },
    ]),
]

// MARK: - Write-ups

private let writeUpTypes: [Object] = [
  Object(
    id: T.writeUp, name: "WriteUp", summary: "One published piece: one project, one day.",
    fields: [
      Get("link", .link, "Its page.") { m, id in local(m.links.writeUps[Int(id)]) },
      Get("title", .string, "The title of the film or project.") { m, id in .string(m.writeUpTitles[Int(id)])
      },
      Get("headline", .string, "The title of the piece.") { m, id in .string(m.writeUp(id).headline) },
      Get("slug", .string, "The last part of its address.") { m, id in .string(m.source(id).slug) },
      Get("column", .object(T.column), "The column.") { m, id in object(T.column, m.writeUp(id).column) },
      Get("week", .optional(.object(T.week)), "The week, in columns with week pages.") { m, id in
        object(T.week, m.writeUp(id).week)
      },
      Get("date", .date, "When it was published.") { m, id in .date(m.writeUp(id).date) },
      Get("updated", .optional(.date), "When it last changed.") { m, id in date(m.writeUp(id).updated) },
      Get("authors", .list(.object(T.byline)), "The byline.") { m, id in
        parts(T.byline, of: Int(id), m.writeUp(id).authors.count)
      },
      Get("format", .optional(.object(T.term)), "The form of the film.") { m, id in
        object(T.term, m.writeUp(id).terms.format)
      },
      Get("logline", .optional(.string), "The film in one sentence.") { m, id in
        optional(m.writeUpLoglines[Int(id)])
      },
      Get("excerpt", .string, "The beginning of the body as plain text.") { m, id in
        .string(m.source(id).body.excerpt)
      },
      Get("status", .optional(.object(T.term)), "How far it has come.") { m, id in
        object(T.term, m.writeUp(id).terms.status)
      },
      Get("status_since", .optional(.date), "The day on which its present stage was reached, if known.") {
        m, id in
        date(m.writeUp(id).statusSince.map { m.archive.zone.timestamp(of: $0) })
      },
      Get("stages", .list(.object(T.stage)), "The stages from announced to released; none without a status.")
      {
        m, id in
        parts(T.stage, of: Int(id), m.writeUp(id).status == nil ? 0 : Status.ladder.count)
      },
      Get("status_history", .list(.object(T.statusChange)), "Its way so far, earliest first.") { m, id in
        parts(T.statusChange, of: Int(id), m.writeUp(id).statusHistory.count)
      },
      Get("credits", .list(.object(T.creditGroup)), "The credits by role.") { m, id in
        parts(T.creditGroup, of: Int(id), m.writeUp(id).credits.count)
      },
      Get("campaign", .optional(.object(T.campaign)), "Its crowdfunding.") { m, id in
        m.source(id).project.campaign == nil ? .none : object(T.campaign, Int(id))
      },
      Get("video", .optional(.object(T.video)), "A clip.") { m, id in
        m.source(id).project.video == nil ? .none : object(T.video, Int(id))
      },
      Get("images", .list(.object(T.image)), "Its pictures.") { m, id in
        parts(T.image, of: Int(id), m.bodies.images[Int(id)].count)
      },
      Get("still", .optional(.object(T.image)), "Its first still.") { m, id in
        firstImage(.still, of: ID(Int(id)), m)
      },
      Get("poster", .optional(.object(T.image)), "Its first poster.") { m, id in
        firstImage(.poster, of: ID(Int(id)), m)
      },
      Get("links", .list(.object(T.externalLink)), "Links to other places.") { m, id in
        parts(T.externalLink, of: Int(id), m.source(id).project.links.count)
      },
      Get("same_as", .list(.string), "Its pages in public databases.") { m, id in
        strings(m.source(id).project.sameAs)
      },
      Get("databases", .list(.object(T.externalLink)), "The same pages as links, with the databases' names.")
      {
        m, id in
        parts(T.externalLink, of: Int(id) | ObjectFlag.database, m.source(id).project.sameAs.count)
      },
      Get("alternate_titles", .list(.string), "Former and foreign titles.") { m, id in
        strings(m.source(id).project.alternateTitles)
      },
      Get("genres", .list(.object(T.term)), "Genres.") { m, id in objects(T.term, m.writeUp(id).terms.genres)
      },
      Get("tags", .list(.object(T.term)), "Tags.") { m, id in objects(T.term, m.writeUp(id).terms.tags) },
      Get("countries", .list(.object(T.term)), "Countries.") { m, id in
        objects(T.term, m.writeUp(id).terms.countries)
      },
      Get("languages", .list(.string), "Languages.") { m, id in strings(m.source(id).project.languages) },
      Get("runtime", .optional(.integer), "The running time in minutes.") { m, id in
        optional(m.source(id).project.runtime)
      },
      Get("year", .optional(.integer), "The year of release, or the one planned.") { m, id in
        optional(m.source(id).project.year)
      },
      Get("sponsor", .optional(.object(T.sponsor)), "Who sponsors the piece.") { m, id in
        m.source(id).project.sponsor == nil ? .none : object(T.sponsor, Position(0, Int(id)))
      },
      Get("source", .optional(.string), "Where the piece appeared first.") { m, id in
        optional(m.source(id).project.source)
      },
      Get("extra", .dynamic, "What its author adds, free in form.") { m, id in
        m.source(id).extra.map(dynamic) ?? .dictionary(ValueDictionary([]))
      },
      Get("body", .markup, "The body.") { m, id in .markup(m.bodies.writeUps[Int(id)]) },
      Get("lead", .optional(.markup), "The body before its first heading.") { m, id in
        let body = m.bodies.writeUps[Int(id)]
        let end = m.source(id).body.outline.first?.htmlRange.lowerBound ?? body.byteCount
        return nonEmpty(body.slice(0..<end))
      },
      Get("sections", .list(.object(T.section)), "The parts of the body under headings of level two.") {
        m, id in
        parts(T.section, of: Int(id), m.source(id).body.outline.count { $0.level == 2 })
      },
      Get("outline", .list(.object(T.heading)), "The headings of the body.") { m, id in
        parts(T.heading, of: Int(id), m.source(id).body.outline.count)
      },
      Get("word_count", .integer, "The number of words of the body.") { m, id in
        .integer(m.source(id).body.wordCount)
      },
      Get("reading_minutes", .integer, "The minutes it takes to read, at 230 words each; at least 1.") {
        m, id in
        .integer(max(1, (m.source(id).body.wordCount + 229) / 230))
      },
      Get("previous", .optional(.object(T.writeUp)), "The one before it in its column.") { m, id in
        object(T.writeUp, m.writeUp(id).previous)
      },
      Get("next", .optional(.object(T.writeUp)), "The one after it in its column.") { m, id in
        object(T.writeUp, m.writeUp(id).next)
      },
      Get("week_others", .list(.object(T.writeUp)), "The other write-ups of its week.") { m, id in
        guard let week = m.writeUp(id).week else { return .list(.objects(T.writeUp, [])) }
        return objects(T.writeUp, m.archive.weeks[week].writeUps.filter { $0.index != Int(id) })
      },
      Get(
        "related", .list(.object(T.related)),
        "Up to six that share people, else status, genre, country or week; without week_others."
      ) { m, id in m.relatedWriteUps(of: id) },
      Get("comments", .list(.object(T.comment)), "The readers' comments that answer no other.") { m, id in
        .list(.objects(T.comment, m.shownComments(ofWriteUp: id).roots.map { Position(Int(id), $0).id }))
      },
      Get("comment_count", .integer, "The number of all comments.") { m, id in
        .integer(m.shownComments(ofWriteUp: id).comments.count)
      },
      Get(
        "comments_anchor", .string, "The id of the part of its page that holds them; feeds link there."
      ) { _, _ in .string(WriteUp.commentsAnchor) },
      Get("comments_state", .string, "open, closed or none.") { m, id in
        .string(m.source(id).comments.rawValue)
      },
      Get("comment_form", .optional(.object(T.commentForm)), "How to comment; none when readers can't.") {
        m, id in
        m.takesComments(id) ? object(T.commentForm, Int(id)) : .none
      },
      Get("is_draft", .boolean, "Whether it is a draft, shown because drafts were asked for.") { m, id in
        .boolean(m.source(id).isDraft)
      },
      Get("is_future", .boolean, "Whether its date is still to come.") { m, id in
        .boolean(m.writeUp(id).isFuture)
      },
      Get("card", .object(T.titleCard), "What a card is drawn from when there is no still.") { _, id in
        object(T.titleCard, Int(id))
      },
      Get("badges", .list(.object(T.badge)), "The votes it won.") { m, id in
        parts(T.badge, of: Int(id), m.writeUp(id).wins.count)
      },
    ]),
  Object(
    id: T.byline, name: "Byline", summary: "A name of a byline.",
    fields: [
      Get("name", .string, "The name.") { m, id in .string(m.byline(id).name) },
      Get("link", .optional(.link), "The person's page, if the site has one.") { m, id in
        m.byline(id).person.map { local(m.links.persons[$0.index]) } ?? .none
      },
    ]),
  Object(
    id: T.stage, name: "Stage", summary: "A stage on a project's way.",
    fields: [
      Get("label", .string, "Its name.") { _, id in .string(Status.ladder[Position(id).child].label) },
      Get("slug", .string, "Its name in addresses.") { _, id in
        .string(Status.ladder[Position(id).child].rawValue)
      },
      Get("state", .string, "done, current or ahead.") { m, id in .string(m.stageState(Position(id))) },
      Get("date", .optional(.date), "When it was reached, if known.") { m, id in
        let position = Position(id)
        let history = m.archive.writeUps[position.parent].statusHistory
        let entry = history.first { $0.status == Status.ladder[position.child] }
        return date(entry.map { m.archive.zone.timestamp(of: $0.date) })
      },
      Get("link", .optional(.link), "The list of write-ups at this stage, if there are any.") { m, id in
        m.stageLinks[Position(id).child].map(local) ?? .none
      },
    ]),
  Object(
    id: T.statusChange, name: "StatusChange", summary: "A step on a project's way.",
    fields: [
      Get("date", .date, "The day.") { m, id in
        .date(m.archive.zone.timestamp(of: m.statusEntry(id).date))
      },
      Get("label", .string, "The stage reached.") { m, id in .string(m.statusEntry(id).status.label) },
      Get("status", .string, "The stage's name in addresses.") { m, id in
        .string(m.statusEntry(id).status.rawValue)
      },
      Get("note", .optional(.string), "A word on it.") { m, id in optional(m.statusEntry(id).note) },
      Get("url", .optional(.string), "Where it was announced.") { m, id in optional(m.statusEntry(id).url) },
      Get("anchor", .string, "A name for it in the page of its write-up, such as status-2026-05-30.") {
        m, id in
        let position = Position(id)
        return .string(m.archive.writeUps[position.parent].anchor(ofStep: position.child))
      },
      Get("writeup", .object(T.writeUp), "The write-up on the project.") { _, id in
        object(T.writeUp, Position(id).parent)
      },
      Get("previous", .optional(.object(T.statusChange)), "The step before it.") { _, id in
        let position = Position(id)
        return position.child == 0
          ? .none : object(T.statusChange, Position(position.parent, position.child - 1))
      },
      Get("is_latest", .boolean, "Whether it is the project's last step so far.") { m, id in
        let position = Position(id)
        return .boolean(position.child == m.archive.writeUps[position.parent].statusHistory.count - 1)
      },
    ]),
  Object(
    id: T.creditGroup, name: "CreditGroup", summary: "Everyone who fills one role.",
    fields: [
      Get("role", .string, "The role.") { m, id in .string(m.creditGroup(Position(id)).role) },
      Get("credits", .list(.object(T.credit)), "The people.") { m, id in
        let group = Position(id)
        return .list(
          .objects(
            T.credit,
            m.creditGroup(group).credits.indices.map {
              Position(group.parent, group.child << 16 | $0).id
            }))
      },
    ]),
  Object(
    id: T.credit, name: "Credit", summary: "A person in a role.",
    fields: [
      Get("name", .string, "The name as the credit spells it.") { m, id in .string(m.credit(id).name) },
      Get("person", .object(T.person), "The person.") { m, id in object(T.person, m.credit(id).person) },
    ]),
  Object(
    id: T.campaign, name: "Campaign", summary: "A project's crowdfunding.",
    fields: [
      Get("platform", .optional(.string), "The platform's name.") { m, id in
        optional(m.campaign(id)?.platform)
      },
      Get("url", .string, "Its page.") { m, id in .string(m.campaign(id)?.url ?? "") },
      Get("goal", .optional(.integer), "The sum asked for.") { m, id in optional(m.campaign(id)?.goal) },
      Get("currency", .optional(.string), "The currency's code.") { m, id in
        optional(m.campaign(id)?.currency)
      },
      Get("pledged", .optional(.integer), "The sum pledged.") { m, id in optional(m.campaign(id)?.pledged) },
      Get("percent", .optional(.integer), "The sum pledged in hundredths of the goal.") { m, id in
        optional(m.writeUp(id).campaign?.percent)
      },
      Get("backers", .optional(.integer), "The number of backers.") { m, id in
        optional(m.campaign(id)?.backers)
      },
      Get("launched", .optional(.date), "The first day.") { m, id in
        date(m.campaign(id)?.launched.map { m.archive.zone.timestamp(of: $0) })
      },
      Get("deadline", .optional(.date), "The last day.") { m, id in date(m.writeUp(id).campaign?.deadline) },
      Get("deadline_has_time", .boolean, "Whether the deadline names a time of day, too.") { m, id in
        .boolean(m.writeUp(id).campaign?.deadlineHasTime ?? false)
      },
      Get("as_of", .optional(.date), "The day of these figures.") { m, id in
        date(m.campaign(id)?.asOf.map { m.archive.zone.timestamp(of: $0) })
      },
      Get("state", .string, "upcoming, live, ended or funded, at the build's moment and as far as is known.")
      { m, id in
        .string(m.writeUp(id).campaign?.state.rawValue ?? "")
      },
      Get(
        "outcome_is_known", .boolean,
        "Whether it is over and its figures tell how: they reached the goal, or are of its last day or later."
      ) { m, id in .boolean(m.writeUp(id).campaign?.outcomeIsKnown ?? false) },
      Get("ends_soon", .boolean, "Whether it is live and ends within a week.") { m, id in
        .boolean(m.writeUp(id).campaign?.endsSoon ?? false)
      },
      Get("days_left", .optional(.integer), "The days left while it is live; 0 on the last day.") { m, id in
        optional(m.writeUp(id).campaign?.daysLeft)
      },
    ]),
  Object(
    id: T.video, name: "Video", summary: "A clip at a video host.",
    fields: [
      Get("provider", .string, "youtube or vimeo.") { m, id in .string(m.video(id)?.provider.rawValue ?? "")
      },
      Get("provider_name", .string, "The host's name.") { m, id in .string(m.video(id)?.provider.label ?? "")
      },
      Get("id", .string, "Its id at the host.") { m, id in .string(m.video(id)?.id ?? "") },
      Get("title", .optional(.string), "Its title.") { m, id in optional(m.video(id)?.title) },
      Get("url", .string, "Its page at the host.") { m, id in .string(m.video(id)?.url ?? "") },
      Get("embed_url", .string, "The host's player.") { m, id in .string(m.video(id)?.embedURL ?? "") },
      Get("duration", .optional(.string), "The length.") { m, id in optional(m.video(id)?.duration) },
      Get("poster", .optional(.object(T.image)), "A picture for the closed player.") { m, id in
        m.bodies.videoPosters[Int(id)] == nil
          ? .none : object(T.image, Position(Int(id), ObjectFlag.videoPoster))
      },
    ]),
  Object(
    id: T.image, name: "Image", summary: "A picture.",
    fields: [
      Get("link", .link, "The file.") { m, id in m.image(id).map { .link($0.link) } ?? local("") },
      Get("alt", .string, "What it shows, in words.") { m, id in
        .string(m.image(id)?.entry.alternativeText ?? "")
      },
      Get("credit", .optional(.string), "Who made it.") { m, id in optional(m.image(id)?.entry.credit) },
      Get("kind", .string, "still, poster or portrait.") { m, id in
        .string(m.image(id)?.entry.kind.rawValue ?? "")
      },
      Get("width", .optional(.integer), "The width in pixels, if known.") { m, id in
        optional(m.image(id)?.width)
      },
      Get("height", .optional(.integer), "The height in pixels, if known.") { m, id in
        optional(m.image(id)?.height)
      },
    ]),
  Object(
    id: T.externalLink, name: "ExternalLink", summary: "A link to another place.",
    fields: [
      Get("rel", .string, "What it leads to, as written.") { m, id in .string(m.linkEntry(id)?.relation ?? "")
      },
      Get("label", .string, "What it leads to, with a capital in front.") { m, id in
        let relation = m.linkEntry(id)?.relation ?? ""
        return .string(relation.prefix(1).uppercased() + relation.dropFirst())
      },
      Get("url", .string, "The address.") { m, id in .string(m.linkEntry(id)?.url ?? "") },
    ]),
  Object(
    id: T.sponsor, name: "Sponsor", summary: "Who pays for a write-up or gives a prize.",
    fields: [
      Get("name", .string, "The name.") { m, id in .string(m.sponsor(id)?.name ?? "") },
      Get("url", .optional(.string), "The sponsor's page.") { m, id in optional(m.sponsor(id)?.url) },
    ]),
  Object(
    id: T.section, name: "Section", summary: "A part of a body under a heading of level two.",
    fields: [
      Get("id", .string, "The heading's id in the page.") { m, id in .string(m.sectionHeading(id)?.id ?? "")
      },
      Get("title", .string, "The heading's text.") { m, id in .string(m.sectionHeading(id)?.text ?? "") },
      Get("body", .markup, "What follows the heading.") { m, id in .markup(m.sectionBody(id)) },
    ]),
  Object(
    id: T.heading, name: "Heading", summary: "A heading of a body.",
    fields: [
      Get("level", .integer, "From 1 to 6.") { m, id in .integer(m.heading(id)?.level ?? 2) },
      Get("id", .string, "Its id in the page.") { m, id in .string(m.heading(id)?.id ?? "") },
      Get("title", .string, "Its text.") { m, id in .string(m.heading(id)?.text ?? "") },
    ]),
  Object(
    id: T.titleCard, name: "TitleCard",
    summary: "Numbers drawn from a write-up's slug, for a card where there is no still.",
    fields: [
      Get("hue", .integer, "The first colour's hue, from 0 to 359.") { m, id in .integer(m.card(id).hue) },
      Get("hue2", .integer, "The second colour's hue.") { m, id in .integer(m.card(id).secondHue) },
      Get("form", .integer, "Which form to draw, from 0 to 11.") { m, id in .integer(m.card(id).form) },
      Get("x", .integer, "Where the form stands across, from 0 to 100.") { m, id in .integer(m.card(id).x) },
      Get("y", .integer, "Where the form stands down, from 0 to 100.") { m, id in .integer(m.card(id).y) },
      Get("angle", .integer, "How far the form is turned, from 0 to 359.") { m, id in
        .integer(m.card(id).angle)
      },
      Get("scale", .integer, "How large the form is, from 0 to 100.") { m, id in .integer(m.card(id).scale) },
      Get("lines", .list(.string), "The title in up to five balanced lines.") { m, id in
        strings(m.titleIndexes.cardLines[Int(id)])
      },
    ]),
  Object(
    id: T.badge, name: "Badge", summary: "A vote that a project won.",
    fields: [
      Get("kind", .string, "What it won: week, month or year.") { m, id in
        .string(m.win(id).period.kind.rawValue)
      },
      Get("label", .string, "The week, month or year, as 2026-W47, 2026-11 or 2026.") { m, id in
        .string(m.win(id).period.description)
      },
      Get("number", .integer, "The number of the week or month; of a year, the year.") { m, id in
        switch m.win(id).period {
        case .week(let week): .integer(week.number)
        case .month(let month): .integer(month.number)
        case .year(let year): .integer(year)
        }
      },
      Get("year", .integer, "The year, of a week that of its Thursday.") { m, id in
        .integer(m.win(id).period.year)
      },
      Get("first_day", .date, "The first day of the week, month or year.") { m, id in
        .date(m.archive.zone.timestamp(of: m.win(id).period.firstDay))
      },
      Get("link", .link, "The page with the vote.") { m, id in m.link(of: m.win(id)) },
      Get("ballot", .object(T.ballot), "The vote.") { m, id in
        let position = Position(id)
        return object(T.ballot, m.archive.writeUps[position.parent].wins[position.child])
      },
    ]),
  Object(
    id: T.comment, name: "Comment", summary: "A reader's comment.",
    fields: [
      Get("id", .string, "The id of its place in the page, which stays when other comments go.") { m, id in
        .string(m.comment(id).source.anchor)
      },
      Get("number", .integer, "Its number, from 1.") { _, id in .integer(Position(id).child + 1) },
      Get("author", .optional(.string), "Who wrote it; none for the anonymous.") { m, id in
        optional(m.comment(id).source.author)
      },
      Get("date", .optional(.date), "When it was written.") { m, id in date(m.comment(id).date) },
      Get("url", .optional(.string), "Its author's own page.") { m, id in optional(m.comment(id).source.url)
      },
      Get("body", .markup, "Its text.") { m, id in
        let position = Position(id)
        return .markup(m.bodies.comments[position.parent][position.child])
      },
      Get("answer_id", .string, "What an answer's reply_to names it by.") { m, id in
        .string(m.comment(id).source.id)
      },
      Get("replies", .list(.object(T.comment)), "The comments that answer it.") { m, id in
        let parent = Position(id).parent
        return .list(.objects(T.comment, m.comment(id).replies.map { Position(parent, $0).id }))
      },
    ]),
]

// MARK: - Weeks and votes

private let weekTypes: [Object] = [
  Object(
    id: T.week, name: "Week", summary: "A column's week, with its vote.",
    fields: [
      Get("number", .integer, "The number of the ISO week.") { m, id in .integer(m.week(id).isoWeek.number) },
      Get("year", .integer, "The year of the ISO week.") { m, id in .integer(m.week(id).isoWeek.year) },
      Get("label", .string, "The week, as 2026-W47.") { m, id in .string(m.week(id).isoWeek.description) },
      Get("first_day", .date, "Its Monday.") { m, id in
        .date(m.archive.zone.timestamp(of: m.week(id).isoWeek.monday))
      },
      Get("last_day", .date, "Its Sunday.") { m, id in
        .date(m.archive.zone.timestamp(of: m.week(id).isoWeek.sunday))
      },
      Get("link", .link, "Its page.") { m, id in local(m.links.weeks[Int(id)]) },
      Get("title", .optional(.string), "Its motto.") { m, id in optional(m.week(id).source?.title) },
      Get("note", .optional(.markup), "The editor's note.") { m, id in nonEmpty(m.bodies.weeks[Int(id)]) },
      Get("slots", .list(.object(T.slot)), "Every day on which the column appears.") { m, id in
        parts(T.slot, of: Int(id), m.week(id).slots.count)
      },
      Get("writeups", .list(.object(T.writeUp)), "Its write-ups, by date.") { m, id in
        objects(T.writeUp, m.week(id).writeUps)
      },
      Get("previous", .optional(.object(T.week)), "The column's week before it.") { m, id in
        object(T.week, m.week(id).previous)
      },
      Get("next", .optional(.object(T.week)), "The column's week after it.") { m, id in
        object(T.week, m.week(id).next)
      },
      Get("column", .object(T.column), "The column.") { m, id in object(T.column, m.week(id).column) },
      Get("ballot", .optional(.object(T.ballot)), "Its vote.") { m, id in
        object(T.ballot, m.week(id).ballot)
      },
      Get("digest_link", .optional(.link), "The week as a mail, to be sent to readers.") { m, id in
        m.digestFile(ofWeek: id, 0).map { local(percentEncoded($0)) } ?? .none
      },
      Get("digest_text_link", .optional(.link), "The mail in plain text.") { m, id in
        m.digestFile(ofWeek: id, 1).map { local(percentEncoded($0)) } ?? .none
      },
      Get("is_current", .boolean, "Whether the build's day falls into it.") { m, id in
        .boolean(m.week(id).isCurrent)
      },
    ]),
  Object(
    id: T.slot, name: "Slot", summary: "A day on which a column appears.",
    fields: [
      Get("date", .date, "The day.") { m, id in .date(m.archive.zone.timestamp(of: m.slot(id).date)) },
      Get("writeup", .optional(.object(T.writeUp)), "What appeared; none for a day left empty.") { m, id in
        object(T.writeUp, m.slot(id).writeUp)
      },
    ]),
  Object(
    id: T.ballot, name: "Ballot",
    summary: "The vote over the projects of a week, month or year, at the build's moment.",
    fields: [
      Get("kind", .string, "What it is over: week, month or year.") { m, id in
        .string(m.ballot(id).period.kind.rawValue)
      },
      Get("label", .string, "The week, month or year, as 2026-W47, 2026-11 or 2026.") { m, id in
        .string(m.ballot(id).period.description)
      },
      Get("first_day", .date, "The first day of that week, month or year.") { m, id in
        .date(m.archive.zone.timestamp(of: m.ballot(id).period.firstDay))
      },
      Get("link", .link, "The page on which it stands.") { m, id in m.link(of: m.ballot(id)) },
      Get("column", .object(T.column), "The column.") { m, id in object(T.column, m.ballot(id).column) },
      Get("week", .optional(.object(T.week)), "The week, if it is over one.") { m, id in
        if case .week(let week) = m.ballot(id).page { object(T.week, week) } else { .none }
      },
      Get("month", .optional(.object(T.month)), "The month, if it is over one.") { m, id in
        if case .month(let month) = m.ballot(id).page { object(T.month, month) } else { .none }
      },
      Get("year", .optional(.object(T.year)), "The year, if it is over one.") { m, id in
        if case .year(let year) = m.ballot(id).page { object(T.year, year) } else { .none }
      },
      Get("question", .optional(.string), "What readers are asked.") { m, id in
        optional(m.ballot(id).source.question)
      },
      Get("opens", .optional(.date), "When the poll opens.") { m, id in date(m.ballot(id).opens) },
      Get("closes", .optional(.date), "When the poll closes.") { m, id in date(m.ballot(id).closes) },
      Get("opens_has_time", .boolean, "Whether a time of day is said, and not the day alone.") { m, id in
        .boolean(m.ballot(id).opensHasTime)
      },
      Get("closes_has_time", .boolean, "Whether a time of day is said; a day alone is open to its end.") {
        m, id in
        .boolean(m.ballot(id).closesHasTime)
      },
      Get("url", .optional(.string), "The poll.") { m, id in optional(m.ballot(id).source.url) },
      Get("state", .string, "upcoming, open, closed or void.") { m, id in
        .string(m.ballot(id).state.rawValue)
      },
      Get("is_counting", .boolean, "Whether it is closed, and its votes are not yet there.") { m, id in
        .boolean(m.ballot(id).isBeingCounted)
      },
      Get("prize", .optional(.string), "What the winner gets.") { m, id in
        optional(m.ballot(id).source.prize)
      },
      Get("sponsor", .optional(.object(T.sponsor)), "Who gives the prize.") { m, id in
        m.ballot(id).source.sponsor == nil ? .none : object(T.sponsor, Position(1, Int(id)))
      },
      Get("candidates", .list(.object(T.writeUp)), "The projects to choose among.") { m, id in
        objects(T.writeUp, m.ballot(id).candidates)
      },
      Get(
        "candidates_are_final", .boolean,
        "Whether no more can come: a month's and a year's are the winners so far until its last vote is decided."
      ) { m, id in .boolean(m.ballot(id).candidatesAreFinal) },
      Get(
        "results", .list(.object(T.ballotLine)),
        "The counted votes, most first and those that can't win last; none before the close."
      ) { m, id in
        parts(T.ballotLine, of: Int(id), m.ballot(id).results.count)
      },
      Get("disqualified", .list(.object(T.exclusion)), "The projects that can't win.") { m, id in
        parts(T.exclusion, of: Int(id), m.ballot(id).disqualified.count)
      },
      Get("winners", .list(.object(T.writeUp)), "The winners; more than one is a tie.") { m, id in
        objects(T.writeUp, m.ballot(id).winners)
      },
      Get("is_tie", .boolean, "Whether there is more than one winner.") { m, id in
        .boolean(m.ballot(id).winners.count > 1)
      },
      Get("total", .integer, "All votes but those for projects that can't win.") { m, id in
        .integer(m.ballot(id).total)
      },
      Get(
        "absent_votes", .integer, "How many of these are for projects that are not, or no longer, published."
      ) {
        m, id in .integer(m.ballot(id).absentVotes)
      },
      Get("disqualified_votes", .integer, "The votes for projects that can't win.") { m, id in
        .integer(m.ballot(id).disqualifiedVotes)
      },
      Get("nobody_won", .boolean, "Whether it is closed and counted, and nobody won.") { m, id in
        .boolean(m.ballot(id).isWithoutWinner)
      },
      Get("has_absent_winner", .boolean, "Whether a project won that is not, or no longer, published.") {
        m, id in
        .boolean(m.ballot(id).hasAbsentWinner)
      },
      Get("note", .optional(.string), "A word by the editors.") { m, id in optional(m.ballot(id).source.note)
      },
    ]),
  Object(
    id: T.ballotLine, name: "BallotLine", summary: "The votes of one project.",
    fields: [
      Get("writeup", .object(T.writeUp), "The project.") { m, id in
        object(T.writeUp, m.ballotLine(id).writeUp)
      },
      Get("votes", .integer, "Its votes.") { m, id in .integer(m.ballotLine(id).votes) },
      Get("percent", .integer, "Its share in hundredths; 0 for one that can't win.") { m, id in
        .integer(m.ballotLine(id).percent)
      },
      Get("is_winner", .boolean, "Whether it won.") { m, id in .boolean(m.ballotLine(id).isWinner) },
      Get("is_disqualified", .boolean, "Whether it can't win, whatever its votes.") { m, id in
        .boolean(m.ballotLine(id).isDisqualified)
      },
    ]),
  Object(
    id: T.exclusion, name: "Exclusion", summary: "A project on a ballot that can't win.",
    fields: [
      Get("writeup", .object(T.writeUp), "The project.") { m, id in object(T.writeUp, m.exclusion(id).writeUp)
      },
      Get("reason", .optional(.string), "Why.") { m, id in optional(m.exclusion(id).reason) },
    ]),
]

// MARK: - The archive's indices

private let archiveTypes: [Object] = [
  Object(
    id: T.year, name: "Year", summary: "A column's year.",
    fields: [
      Get("number", .integer, "The year.") { m, id in .integer(m.year(id).number) },
      Get("link", .link, "Its page.") { m, id in local(m.links.years[Int(id)]) },
      Get("months", .list(.object(T.month)), "Its months with write-ups.") { m, id in
        objects(T.month, m.year(id).months)
      },
      Get("weeks", .list(.object(T.week)), "Its weeks, by time: those whose Thursday falls into it.") {
        m, id in
        objects(T.week, m.year(id).weeks)
      },
      Get("title", .optional(.string), "Its motto.") { m, id in optional(m.year(id).source?.title) },
      Get("note", .optional(.markup), "The editor's note.") { m, id in nonEmpty(m.bodies.years[Int(id)]) },
      Get("ballot", .optional(.object(T.ballot)), "Its vote.") { m, id in object(T.ballot, m.year(id).ballot)
      },
      Get("decided_weeks", .list(.object(T.week)), "Its weeks whose vote has a winner, by time.") { m, id in
        objects(T.week, m.year(id).weeks.filter { m.hasWinner(m.archive.weeks[$0].ballot) })
      },
      Get("decided_months", .list(.object(T.month)), "Its months whose vote has a winner, by time.") {
        m, id in
        objects(T.month, m.year(id).months.filter { m.hasWinner(m.archive.months[$0].ballot) })
      },
      Get("writeups", .list(.object(T.writeUp)), "Its write-ups, by date.") { m, id in
        objects(T.writeUp, m.year(id).writeUps)
      },
      Get("column", .object(T.column), "The column.") { m, id in
        object(T.column, m.year(id).column)
      },
      Get("previous", .optional(.object(T.year)), "The year before it.") { m, id in
        m.sibling(of: Int(id), in: m.archive.years, by: -1, \.column).map { object(T.year, $0) } ?? .none
      },
      Get("next", .optional(.object(T.year)), "The year after it.") { m, id in
        m.sibling(of: Int(id), in: m.archive.years, by: 1, \.column).map { object(T.year, $0) } ?? .none
      },
    ]),
  Object(
    id: T.month, name: "Month", summary: "A column's month.",
    fields: [
      Get("number", .integer, "The month, from 1.") { m, id in
        .integer(m.month(id).month.number)
      },
      Get("first_day", .date, "Its first day.") { m, id in
        .date(m.archive.zone.timestamp(of: m.month(id).month.firstDay))
      },
      Get("link", .link, "Its page.") { m, id in local(m.links.months[Int(id)]) },
      Get("year", .object(T.year), "The year.") { m, id in object(T.year, m.month(id).year) },
      Get("title", .optional(.string), "Its motto.") { m, id in optional(m.month(id).source?.title) },
      Get("note", .optional(.markup), "The editor's note.") { m, id in nonEmpty(m.bodies.months[Int(id)]) },
      Get("ballot", .optional(.object(T.ballot)), "Its vote.") { m, id in
        object(T.ballot, m.month(id).ballot)
      },
      Get("weeks", .list(.object(T.week)), "Its weeks, by time: those whose Thursday falls into it.") {
        m, id in
        objects(T.week, m.month(id).weeks)
      },
      Get("writeups", .list(.object(T.writeUp)), "Its write-ups, by date.") { m, id in
        objects(T.writeUp, m.month(id).writeUps)
      },
      Get("column", .object(T.column), "The column.") { m, id in
        object(T.column, m.month(id).column)
      },
      Get("previous", .optional(.object(T.month)), "The month before it, of those with write-ups.") { m, id in
        m.sibling(of: Int(id), in: m.archive.months, by: -1, \.column).map { object(T.month, $0) } ?? .none
      },
      Get("next", .optional(.object(T.month)), "The month after it, of those with write-ups.") { m, id in
        m.sibling(of: Int(id), in: m.archive.months, by: 1, \.column).map { object(T.month, $0) } ?? .none
      },
    ]),
  Object(
    id: T.letter, name: "Letter", summary: "The titles or names that begin with one letter.",
    fields: [
      Get("label", .string, "The letter.") { m, id in
        .string(m.titles(id)?.label ?? m.names(id)?.label ?? "")
      },
      Get("anchor", .string, "A name for it in the page.") { m, id in
        .string(m.titles(id)?.anchor ?? m.names(id)?.anchor ?? "")
      },
      Get("writeups", .list(.object(T.writeUp)), "The write-ups; none in the list of people.") { m, id in
        objects(T.writeUp, m.titles(id)?.members ?? [])
      },
      Get("people", .list(.object(T.person)), "The people; none in a list of titles.") { m, id in
        objects(T.person, m.names(id)?.members ?? [])
      },
    ]),
  Object(
    id: T.person, name: "Person", summary: "Everyone with a credit or a biography.",
    fields: [
      Get("name", .string, "The name.") { m, id in .string(m.person(id).name) },
      Get("slug", .string, "The last part of the address.") { m, id in
        .string(String(m.person(id).address.dropFirst("people/".count)))
      },
      Get("link", .link, "Their page.") { m, id in local(m.links.persons[Int(id)]) },
      Get("also_known_as", .list(.string), "Other spellings of the name.") { m, id in
        strings(m.person(id).source?.alsoKnownAs.map(\.value) ?? [])
      },
      Get("biography", .optional(.markup), "The biography.") { m, id in nonEmpty(m.bodies.people[Int(id)]) },
      Get("portrait", .optional(.object(T.image)), "A portrait.") { m, id in
        m.bodies.portraits[Int(id)] == nil
          ? .none : object(T.image, Position(Int(id), ObjectFlag.portrait))
      },
      Get("links", .list(.object(T.externalLink)), "Links to other places.") { m, id in
        parts(T.externalLink, of: Int(id) | ObjectFlag.other, m.person(id).source?.links.count ?? 0)
      },
      Get("same_as", .list(.string), "Pages in public databases.") { m, id in
        strings(m.person(id).source?.sameAs ?? [])
      },
      Get("databases", .list(.object(T.externalLink)), "The same pages as links, with the databases' names.")
      {
        m, id in
        parts(
          T.externalLink, of: Int(id) | ObjectFlag.other | ObjectFlag.database,
          m.person(id).source?.sameAs.count ?? 0)
      },
      Get("filmography", .list(.object(T.film)), "Their films with what they did in each, newest first.") {
        m, id in m.filmography(of: id)
      },
      Get("by_role", .list(.object(T.roleCredits)), "Their films by role, that with most films first.") {
        m, id in m.roles(of: id)
      },
      Get("columns", .list(.object(T.column)), "The columns in which pieces have their byline.") { m, id in
        m.columnsWritten(by: id)
      },
      Get("credits", .list(.object(T.personCredit)), "Their credits, newest first.") { m, id in
        let count = m.person(id).credits.count
        return .list(
          .objects(T.personCredit, (0..<count).reversed().map { Position(Int(id), $0).id }))
      },
      Get("writeups", .list(.object(T.writeUp)), "The write-ups with their credits, newest first.") { m, id in
        var seen: Set<ID<WriteUp>> = []
        return objects(
          T.writeUp,
          m.person(id).credits.reversed().map(\.writeUp).filter { seen.insert($0).inserted })
      },
      Get("written", .list(.object(T.writeUp)), "The pieces with their byline, newest first.") { m, id in
        objects(T.writeUp, m.person(id).written.reversed())
      },
      Get("roles", .list(.string), "The roles of their credits, each once, by first mention.") { m, id in
        var seen: Set<String> = []
        return strings(m.person(id).credits.map(\.role).filter { seen.insert($0).inserted })
      },
      Get("credit_count", .integer, "The number of write-ups with their credits.") { m, id in
        .integer(Set(m.person(id).credits.map(\.writeUp)).count)
      },
      Get("co_workers", .list(.object(T.coWorker)), "Who they share most write-ups with; up to twelve.") {
        m, id in
        parts(T.coWorker, of: Int(id), m.coWorkers[Int(id)].count)
      },
    ]),
  Object(
    id: T.personCredit, name: "PersonCredit", summary: "A role that somebody has in a project.",
    fields: [
      Get("role", .string, "The role.") { m, id in .string(m.personCredit(id).role) },
      Get("writeup", .object(T.writeUp), "The write-up on the project.") { m, id in
        object(T.writeUp, m.personCredit(id).writeUp)
      },
    ]),
  Object(
    id: T.coWorker, name: "CoWorker", summary: "Somebody with credits on the same projects.",
    fields: [
      Get("person", .object(T.person), "The person.") { m, id in
        let position = Position(id)
        return object(T.person, m.coWorkers[position.parent][position.child].person)
      },
      Get("count", .integer, "The number of projects they share.") { m, id in
        let position = Position(id)
        return .integer(m.coWorkers[position.parent][position.child].count)
      },
    ]),
  Object(
    id: T.term, name: "Term", summary: "Something that write-ups are filed under.",
    fields: [
      Get("kind", .string, "tag, genre, country, format or status.") { m, id in
        .string(m.term(id).kind.rawValue)
      },
      Get("name", .string, "The words that readers see.") { m, id in .string(m.term(id).name) },
      Get("slug", .string, "The last part of the address.") { m, id in .string(m.term(id).slug) },
      Get("link", .link, "Its page.") { m, id in local(m.links.terms[Int(id)]) },
      Get("writeups", .list(.object(T.writeUp)), "The write-ups under it, newest first.") { m, id in
        objects(T.writeUp, m.term(id).writeUps.reversed())
      },
      Get("count", .integer, "The number of write-ups under it.") { m, id in
        .integer(m.term(id).writeUps.count)
      },
      Get("feeds", .list(.object(T.feedLink)), "Its feeds; tags have some.") { m, id in
        feedLinks(.term(ID(Int(id))), m)
      },
    ]),
  Object(
    id: T.taxonomy, name: "Taxonomy", summary: "A way of filing, such as tags.",
    fields: [
      Get("kind", .string, "tag, genre, country, format or status.") { _, id in
        .string(Term.Kind.allCases[Int(id)].rawValue)
      },
      Get("title", .string, "Its name with a capital in front, such as Tags.") { _, id in
        let name = Term.Kind.allCases[Int(id)].address
        return .string(name.prefix(1).uppercased() + name.dropFirst())
      },
      Get("slug", .string, "Its name in addresses, such as tags.") { _, id in
        .string(Term.Kind.allCases[Int(id)].address)
      },
      Get("link", .link, "The list of all its terms.") { m, id in
        local(Address(Term.Kind.allCases[Int(id)].address).link(m.archive.site.links))
      },
      Get("terms", .list(.object(T.term)), "Its terms.") { m, id in
        objects(T.term, m.termsOfKind[Int(id)])
      },
    ]),
  Object(
    id: T.freePage, name: "FreePage", summary: "A page that belongs to no column.",
    fields: [
      Get("title", .string, "The title.") { m, id in .string(m.archive.freePages[Int(id)].source.title) },
      Get("link", .link, "The page.") { m, id in local(m.links.freePages[Int(id)]) },
      Get("description", .optional(.string), "One sentence on what it holds.") { m, id in
        optional(m.archive.freePages[Int(id)].source.description)
      },
      Get("body", .markup, "The body.") { m, id in .markup(m.bodies.freePages[Int(id)]) },
      Get("outline", .list(.object(T.heading)), "The headings of the body.") { m, id in
        parts(
          T.heading, of: Int(id) | ObjectFlag.other,
          m.archive.freePages[Int(id)].source.body.outline.count)
      },
      Get("updated", .optional(.date), "When it last changed.") { m, id in
        date(m.archive.freePages[Int(id)].updated)
      },
    ]),
  Object(
    id: T.pagination, name: "Pagination", summary: "A part of a long list of write-ups.",
    fields: [
      Get("number", .integer, "The number of the part, from 1.") { m, id in
        .integer(m.pagination(id)?.number ?? 1)
      },
      Get("count", .integer, "The number of parts.") { m, id in .integer(m.pagination(id)?.links.count ?? 1)
      },
      Get("writeups", .list(.object(T.writeUp)), "The write-ups of the part.") { m, id in
        objects(T.writeUp, m.pagination(id)?.writeUps ?? [])
      },
      Get("previous", .optional(.link), "The part before it.") { m, id in
        m.neighbour(ofPage: Int(id), after: false).map(local) ?? .none
      },
      Get("next", .optional(.link), "The part after it.") { m, id in
        m.neighbour(ofPage: Int(id), after: true).map(local) ?? .none
      },
      Get(
        "pages", .list(.object(T.pageNumber)),
        "The parts to link to: all of a few, else the first, the last and the near."
      ) { m, id in
        .list(.objects(T.pageNumber, (m.pagination(id)?.linkedParts ?? []).map { Position(Int(id), $0).id }))
      },
    ]),
  Object(
    id: T.pageNumber, name: "PageNumber", summary: "A link to a part of a long list.",
    fields: [
      Get("number", .integer, "The number of the part, from 1.") { _, id in .integer(Position(id).child + 1)
      },
      Get("link", .link, "The part.") { m, id in
        let position = Position(id)
        return local(m.pagination(UInt64(position.parent))?.links[position.child] ?? "")
      },
      Get("follows_gap", .boolean, "Whether parts between the one before and this one are left out.") {
        m, id in
        let position = Position(id)
        let parts = m.pagination(UInt64(position.parent))?.linkedParts ?? []
        return .boolean(position.child > 0 && !parts.contains(position.child - 1))
      },
      Get("is_current", .boolean, "Whether it is the part shown.") { m, id in
        let position = Position(id)
        return .boolean(m.pagination(UInt64(position.parent))?.number == position.child + 1)
      },
    ]),
]

// MARK: - Values

private func date(_ timestamp: Timestamp?) -> Value { timestamp.map(Value.date) ?? .none }

private func nonEmpty(_ markup: Markup) -> Value { markup.isEmpty ? .none : .markup(markup) }

private func feedLinks(_ subject: FeedSubject, _ model: SiteModel) -> Value { feedLinks([subject], model) }

/// The links of those of `subjects` that the site has feeds of.
private func feedLinks(_ subjects: [FeedSubject], _ model: SiteModel) -> Value {
  .list(
    .objects(
      T.feedLink,
      subjects.compactMap { model.feedIndex[$0] }.flatMap { index in
        FeedFormat.allCases.indices.map { Position(index, $0).id }
      }))
}

private func firstImage(_ kind: ImageKind, of writeUp: ID<WriteUp>, _ model: SiteModel) -> Value {
  let images = model.bodies.images[writeUp.index]
  guard let index = images.firstIndex(where: { $0.entry.kind == kind }) else { return .none }
  return object(T.image, Position(writeUp.index, index))
}

/// Free YAML as a dynamic value.
private func dynamic(_ node: Node) -> Value {
  switch node.content {
  case .scalar(let scalar):
    switch scalar.coreValue {
    case .null: return .none
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .text(let value): return .string(value)
    }
  case .sequence(let nodes): return .list(.values(nodes.map(dynamic)))
  case .mapping(let entries):
    return .dictionary(ValueDictionary(entries.map { (key: $0.key, value: dynamic($0.value)) }))
  }
}
