import Columns
import SourceText
import Templates

/// A site that is read, checked and planned, with its theme: its pages can be rendered one by one, in any
/// order.
package struct PreparedSite: Sendable {
  let model: SiteModel
  let theme: Theme

  /// What the templates were compiled from.
  package var input: TemplateSetInput { theme.input }

  /// The files of the pages below `output/`, in the order of their numbers.
  package var files: [String] { model.plan.pages.map(\.file) }

  /// The kind of page `number`.
  package func kind(ofPage number: Int) -> PageKindID {
    PageKindID(model.plan.pages[number].subject.template.rawValue)
  }

  /// The values that the template of page `number` sees besides those that are the same on every page.
  package func values(ofPage number: Int) -> [Value] {
    [object(ContractType.page, number)] + model.values(ofPage: number)
  }

  /// How links are written on page `number`.
  package func links(ofPage number: Int) -> LinkStyle { model.linkStyle(ofPage: number) }

  /// The path of page `number`, for messages.
  package func link(ofPage number: Int) -> String { model.plan.pages[number].link }

  /// The values of all fields.
  package var bound: BoundContract { templateContract.bind(model) }

  /// A renderer of the theme's templates that gets values from `bound`.
  package func renderer(_ bound: BoundContract) -> Renderer {
    theme.templates.renderer(bound: bound, base: base)
  }

  /// The site's URL, if it has one.
  package var base: String? { model.archive.site.url }

  /// What templates can see.
  package var schema: Templates.Schema { templateContract.schema }
}
